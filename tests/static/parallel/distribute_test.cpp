// SPDX-License-Identifier: BSL-1.0
// Which calls it makes is held against PyTorch in tests/runtime/parallel/tensor_rows_test.cpp.
#include <commfold/parallel/distribute.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

namespace {

constexpr auto step = [](auto& comm, auto const& tp, std::size_t along, std::size_t rank) {
  cf::parallel::distribute(comm, cf::tensor<cf::f32, 10, 8>{}, along, tp, rank);
};
// The root hands over its shards; ranks behind it get one: 3 rows of 8, or 2 columns of 10.
static_assert(cf::trace(step, cf::process_group<"tp", 4>{}, cf::size_c<0>, cf::size_c<1>).total().output_bytes == 3 * 8 * 4);
static_assert(cf::trace(step, cf::process_group<"tp", 4>{}, cf::size_c<1>, cf::size_c<1>).total().output_bytes == 10 * 2 * 4);
static_assert(cf::trace(step, cf::process_group<"tp", 1>{}, cf::size_c<0>, cf::size_c<0>).calls() == 1);

// 10 rows over 4 ranks: 3, 3, 3, 1; over 6: 2 five times, then none; over none: all.
using parameter = cf::tensor<cf::f32, 10, 8>;
constexpr std::size_t rows(auto const& axis, std::size_t rank) {
  return cf::parallel::shard_of(parameter{}, 0, axis, rank).extents().extent(0);
}
constexpr cf::process_group<"tp", 4> four;
constexpr cf::process_group<"tp"> six{6};
static_assert(rows(four, 0) == 3 && rows(four, 2) == 3 && rows(four, 3) == 1);
static_assert(rows(six, 4) == 2 && rows(six, 5) == 0 && rows(cf::parallel::no_axis{}, 0) == 10);
static_assert(cf::parallel::shard_of(parameter{}, cf::size_c<1>, four) == cf::dynamic_tensor(cf::f32, {10, 2}));

}  // namespace
