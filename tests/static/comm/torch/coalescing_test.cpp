// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/coalescing.hpp>

#include <commfold/comm/torch/dist.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <optional>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;

using vec = cf::tensor<cf::f32, 8>;
using part = cf::tensor<cf::f32, 3>;

static_assert(emits(
    [](auto& c) {
      c.dist().coalescing(dp, [](auto& batch) {
        batch.all_reduce(vec{}, sum);
        batch.all_reduce(part{}, sum);
      });
    },
    {{"c10d::allreduce_coalesced_", {44, 44, 44}}}));
static_assert(emits(
    [](auto& c) {
      c.dist().coalescing(dp, [](auto& batch) {
        batch.all_gather_into_tensor(cf::tensor<cf::f32, 32>{}, vec{});
        batch.all_gather_into_tensor(cf::tensor<cf::f32, 12>{}, part{});
      });
    },
    {{"c10d::allgather_into_tensor_coalesced_", {44, 176, 176}}}));
static_assert(emits(
    [](auto& c) {
      c.dist().coalescing(dp, [](auto& batch) {
        batch.reduce_scatter_tensor(vec{}, cf::tensor<cf::f32, 32>{}, sum);
        batch.reduce_scatter_tensor(part{}, cf::tensor<cf::f32, 12>{}, sum);
      });
    },
    {{"c10d::reduce_scatter_tensor_coalesced_", {176, 44, 176}}}));

// Complex tensors go as pairs of real ones, and are of one dtype with complex ones alone. PyTorch's manager takes any dtypes.
static_assert(emits(
    [](auto& c) {
      c.dist().coalescing(dp, [](auto& batch) {
        batch.all_reduce(cf::tensor<cf::c64, 2>{}, cf::avg);
        batch.all_reduce(cf::tensor<cf::c64, 3>{}, cf::avg);
      });
    },
    {{"c10d::allreduce_coalesced_", {40, 40, 40}}}));
template <auto Step>
concept is_a_constant = requires { typename std::integral_constant<bool, run(Step)>; };
template <class A, class B>
constexpr auto both = [](auto& c) {
  c.dist().coalescing(dp, [](auto& batch) {
    batch.all_reduce(A{}, sum);
    batch.all_reduce(B{}, sum);
  });
};
static_assert(is_a_constant<both<vec, part>> && !is_a_constant<both<vec, cf::tensor<cf::bf16, 2>>> &&
              !is_a_constant<both<vec, cf::tensor<cf::c64, 2>>>);
// Of complex numbers there are sums and averages, and no greatest.
static_assert(!is_a_constant<[](auto& c) {
  c.dist().coalescing(dp, [](auto& batch) { batch.all_reduce(cf::tensor<cf::c64, 2>{}, cf::reduce_op::max); });
}>);
static_assert(cf::trace([](auto& c) { c.dist().coalescing(dp, [](auto& batch) { batch.all_reduce(cf::tensor<cf::c64, 2>{}, sum); }); })
                  .rows()[0]
                  .call()
                  .dtype() == cf::f32);

// No call, nothing recorded and no work.
static_assert(emits(
    [](auto& c) {
      if (c.dist().coalescing(dp, [](auto&) {})) throw "a work of nothing";
    },
    {}));
static_assert(run([](auto& c) {
  static_assert(
      std::is_same_v<decltype(c.dist().coalescing(dp, [](auto&) {})), std::optional<cf::fake_work<std::vector<cf::dynamic_tensor>>>>);
}));

}  // namespace
