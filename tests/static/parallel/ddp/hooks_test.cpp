// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/ddp/hooks.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;
using ddp::hook_kind;

namespace {

constexpr cf::process_group<"world", 8> world;
constexpr cf::process_group<"machine", 4> machine;

using weights = std::tuple<cf::tensor<cf::f32, 100, 10, 5>, cf::tensor<cf::f32, 100>, cf::tensor<cf::f32, 3, 3>>;

constexpr auto reduce(ddp::hook const& by, std::size_t iteration) {
  return [=](auto& comm) {
    std::vector<ddp::piece> const pieces = ddp::pieces_of(weights{});
    constexpr std::size_t no_limit = ~std::size_t{0};
    for (ddp::bucket const& one : ddp::buckets_in_order(pieces, {no_limit, no_limit}))
      ddp::reduce_by(comm, by, iteration, pieces, one, world, machine);
  };
}
constexpr std::size_t all = (5000 + 100 + 9) * 4;

static_assert(emits(reduce({}, 0), {{"c10d::allreduce_", {all, all, all}}}));
static_assert(emits(reduce({.kind = hook_kind::bf16_compress}, 0), {{"c10d::allreduce_", {all / 2, all / 2, all / 2}}}));

constexpr bool only_the_machine_agrees_once_it_has_started() {
  constexpr ddp::hook sgd{.kind = hook_kind::post_local_sgd, .start_iteration = 2};
  auto const over_machine = [&](std::size_t iteration) {
    return cf::trace(reduce(sgd, iteration)).total([](cf::call_record const& one) { return one.group() == "machine"; }).calls;
  };
  return over_machine(1) == 0 && over_machine(2) == 1;
}
static_assert(only_the_machine_agrees_once_it_has_started());

// By hand: the first weight is a matrix of 100 rows and 50 columns, which rank 2 makes 300 numbers; the vector, and the 3 by 3 matrix,
// which two factors would not make smaller, travel as they are.
constexpr ddp::hook rank_2{.kind = hook_kind::power_sgd, .start_iteration = 2, .matrix_approximation_rank = 2};
static_assert(emits(reduce(rank_2, 1), {{"c10d::allreduce_", {all, all, all}}}));
static_assert(emits(reduce(rank_2, 2),
                    {{"c10d::allreduce_", {436, 436, 436}}, {"c10d::allreduce_", {800, 800, 800}}, {"c10d::allreduce_", {400, 400, 400}}}));

}  // namespace
