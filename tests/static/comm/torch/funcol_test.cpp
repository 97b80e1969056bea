// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/funcol.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::even_split;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp"> tp{4};

using vec = cf::tensor<cf::f32, 8>;     // 32 B
using mat = cf::tensor<cf::f32, 8, 2>;  // 64 B
using square = cf::tensor<cf::f32, 8, 4>;
using any = cf::dynamic_tensor;

// --- every call: the operator that it emits, and its bytes ----------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.funcol().all_reduce(vec{}, sum, dp); }, {{"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.funcol().all_reduce_backward(vec{}, dp); }, {{"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.funcol().broadcast(vec{}, 3, dp); }, {{"_c10d_functional::broadcast", {32, 32, 32}}}));
static_assert(emits(
    [](auto& c) {
      c.funcol().all_gather_single(mat{}, size_c<0>, dp);
      c.funcol().all_gather_single(mat{}, size_c<1>, dp);
      c.funcol().all_gather_single(mat{}, 1, dp);
      c.funcol().all_gather_single_autograd(mat{}, size_c<1>, dp);
    },
    {{"_c10d_functional::all_gather_into_tensor", {64, 256, 256}},
     {"_c10d_functional::all_gather_into_tensor", {64, 256, 256}},
     {"_c10d_functional::all_gather_into_tensor", {64, 256, 256}},
     {"_c10d_functional::all_gather_into_tensor", {64, 256, 256}}}));
static_assert(emits(
    [](auto& c) {
      c.funcol().reduce_scatter_single(square{}, cf::avg, size_c<0>, dp);
      c.funcol().reduce_scatter_single(square{}, cf::avg, size_c<1>, dp);
      c.funcol().reduce_scatter_single(square{}, cf::avg, 1, dp);
      c.funcol().reduce_scatter_single_autograd(square{}, sum, size_c<1>, dp);
    },
    {{"_c10d_functional::reduce_scatter_tensor", {128, 32, 128}},
     {"_c10d_functional::reduce_scatter_tensor", {128, 32, 128}},
     {"_c10d_functional::reduce_scatter_tensor", {128, 32, 128}},
     {"_c10d_functional::reduce_scatter_tensor", {128, 32, 128}}}));
static_assert(emits(
    [](auto& c) {
      c.funcol().all_gather_single_autograd_backward(square{}, size_c<1>, dp);
      c.funcol().reduce_scatter_single_autograd_backward(mat{}, size_c<1>, dp);
    },
    {{"_c10d_functional::reduce_scatter_tensor", {128, 32, 128}}, {"_c10d_functional::all_gather_into_tensor", {64, 256, 256}}}));
constexpr std::array out{1, 2, 3, 4};
constexpr std::array in{2, 2, 2, 2};
static_assert(emits(
    [](auto& c) {
      c.funcol().all_to_all_single(vec{}, even_split, even_split, dp);
      c.funcol().all_to_all_single(vec{}, out, in, dp);
      c.funcol().all_to_all_single_autograd_backward(c.funcol().all_to_all_single_autograd(vec{}, out, in, dp), out, in, dp);
    },
    {{"_c10d_functional::all_to_all_single", {32, 32, 32}},
     {"_c10d_functional::all_to_all_single", {32, 40, 40}},
     {"_c10d_functional::all_to_all_single", {32, 40, 40}},
     {"_c10d_functional::all_to_all_single", {40, 32, 40}}}));
static_assert(emits(
    [](auto& c) {
      c.funcol().all_reduce_coalesced(std::tuple<vec, mat>{}, sum, dp);
      c.funcol().all_gather_single_coalesced(std::tuple<vec, mat>{}, dp);
      c.funcol().reduce_scatter_single_coalesced(std::tuple<vec, mat>{}, sum, size_c<0>, dp);
      c.funcol().reduce_scatter_single_coalesced(std::tuple<vec, square>{}, sum, std::array{0, 1}, dp);
    },
    {{"_c10d_functional::all_reduce_coalesced", {96, 96, 96}},
     {"_c10d_functional::all_gather_into_tensor_coalesced", {96, 384, 384}},
     {"_c10d_functional::reduce_scatter_tensor_coalesced", {96, 24, 96}},
     {"_c10d_functional::reduce_scatter_tensor_coalesced", {160, 40, 160}}}));
static_assert(emits(
    [](auto& c) {
      c.funcol().isend_inplace(vec{}, 1, 0, dp);
      c.funcol().irecv_inplace(vec{}, 1, 0, dp);
      c.funcol().batch_p2p_ops_inplace(std::array{"isend", "irecv"}, std::array{1, 3}, std::array{0, 0}, std::tuple<vec, mat>{}, dp);
    },
    {{"_c10d_functional::isend", {32, 0, 32}},
     {"_c10d_functional::irecv", {0, 32, 32}},
     {"_c10d_functional::batch_p2p_ops", {32, 64, 96}}}));
static_assert(emits([](auto& c) { c.funcol().permute_tensor(mat{}, std::array{1, 2, 3, 0}, 2, dp); },
                    {{"_c10d_functional::all_to_all_single", {64, 64, 64}}}));

// It moves nothing, and has no group that it could be recorded under.
static_assert(emits([](auto& c) { static_assert(std::is_same_v<decltype(c.funcol().wait_tensor(vec{})), vec>); }, {}));

// --- what comes back
// ----------------------------------------------------------------------------------------------------------------------

static_assert(run([](auto& c) {
  auto const f = c.funcol();
  // Joined along the dimension that is asked for: static where the dimension is.
  static_assert(std::is_same_v<decltype(f.all_gather_single(mat{}, size_c<0>, dp)), cf::tensor<cf::f32, 32, 2>>);
  static_assert(std::is_same_v<decltype(f.all_gather_single(mat{}, size_c<1>, dp)), cf::tensor<cf::f32, 8, 8>>);
  static_assert(std::is_same_v<decltype(f.all_gather_single(mat{}, size_c<1>, tp)), cf::tensor<cf::f32, dyn, dyn>>);
  static_assert(
      std::is_same_v<decltype(f.all_gather_single(cf::tensor<cf::f32, dyn, 2, 3>{5}, size_c<2>, dp)), cf::tensor<cf::f32, dyn, 2, 12>>);
  static_assert(std::is_same_v<decltype(f.all_gather_single(mat{}, 1, dp)), any> &&
                std::is_same_v<decltype(f.all_gather_single(any{}, size_c<1>, dp)), any>);
  if (!(f.all_gather_single(mat{}, size_c<1>, tp) == cf::tensor<cf::f32, 8, 8>{})) throw "the same at run time";
  if (!(f.all_gather_single(cf::tensor<cf::f32, dyn, 2, 3>{5}, size_c<2>, dp) == cf::tensor<cf::f32, 5, 2, 12>{}))
    throw "what is known stays known";
  if (!(f.all_gather_single(mat{}, 1, dp) == any(cf::f32, {8, 8})) || !(f.all_gather_single(mat{}, 0, tp) == any(cf::f32, {32, 2})))
    throw "a run-time dimension";

  static_assert(std::is_same_v<decltype(f.reduce_scatter_single(square{}, sum, size_c<0>, dp)), cf::tensor<cf::f32, 2, 4>>);
  static_assert(std::is_same_v<decltype(f.reduce_scatter_single(square{}, sum, size_c<1>, dp)), cf::tensor<cf::f32, 8, 1>>);
  static_assert(std::is_same_v<decltype(f.reduce_scatter_single(square{}, sum, 1, dp)), any>);
  if (!(f.reduce_scatter_single(square{}, sum, 1, tp) == any(cf::f32, {8, 1}))) throw "a run-time dimension";
  if (!(f.reduce_scatter_single(square{}, sum, size_c<1>, tp) == cf::tensor<cf::f32, 8, 1>{})) throw "the same at run time";

  // Backward undoes forward.
  static_assert(
      std::is_same_v<decltype(f.all_gather_single_autograd_backward(f.all_gather_single_autograd(mat{}, size_c<1>, dp), size_c<1>, dp)),
                     mat>);
  static_assert(std::is_same_v<decltype(f.reduce_scatter_single_autograd_backward(
                                   f.reduce_scatter_single_autograd(square{}, sum, size_c<1>, dp), size_c<1>, dp)),
                               square>);
  if (!(f.all_to_all_single_autograd_backward(f.all_to_all_single_autograd(vec{}, out, in, dp), out, in, dp) == vec{}))
    throw "splits exchanged";

  static_assert(std::is_same_v<decltype(f.reduce_scatter_single_coalesced(std::tuple<vec, square>{}, sum, size_c<0>, dp)),
                               std::tuple<cf::tensor<cf::f32, 2>, cf::tensor<cf::f32, 2, 4>>>);
  auto const scattered = f.reduce_scatter_single_coalesced(std::tuple<vec, square>{}, sum, std::array{0, 1}, dp);
  if (!(std::get<0>(scattered) == any(cf::f32, {2})) || !(std::get<1>(scattered) == any(cf::f32, {8, 1}))) throw "each along its own";

  static_assert(std::is_same_v<decltype(f.isend_inplace(vec{}, 1, 0, dp)), cf::tensor<cf::f32, 0>>);
  static_assert(std::is_same_v<decltype(f.irecv_inplace(vec{}, 1, 0, dp)), vec>);
  if (!(f.permute_tensor(mat{}, std::array{1, 2, 3, 0}, 2, dp) == mat{})) throw "one comes as one goes";
  // Two that send to one: PyTorch's splits say so, and nobody sends to the others.
  if (!(f.permute_tensor(vec{}, std::array{0, 0, 2, 2}, 0, dp) == cf::tensor<cf::f32, 16>{})) throw "two come";
  if (!(f.permute_tensor(vec{}, std::array{0, 0, 2, 2}, 1, dp) == cf::tensor<cf::f32, 0>{})) throw "none comes";
}));

// The same step over static and run-time shapes and groups leaves the same ledger.
constexpr auto step = [](auto& c, auto const& t, auto const& dim, auto const& group) {
  auto const full = c.funcol().all_gather_single(t, dim, group);
  c.funcol().reduce_scatter_single(full, sum, dim, group);
};
static_assert(cf::trace(step, mat{}, size_c<1>, dp) ==
              cf::trace(step, cf::tensor<cf::f32, dyn, 2>{8}, size_c<1>, cf::process_group<"dp">{4}));
static_assert(cf::trace(step, mat{}, size_c<1>, dp) == cf::trace(step, any(cf::f32, {8, 2}), 1, dp));

}  // namespace
