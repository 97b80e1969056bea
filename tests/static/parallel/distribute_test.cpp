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

}  // namespace
