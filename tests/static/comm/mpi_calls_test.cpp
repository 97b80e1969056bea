// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/mpi_calls.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp"> tp{2};

using vec = cf::tensor<cf::f32, 8>;        // 32 B
using small = cf::tensor<cf::bf16, 4, 4>;  // 32 B too, of another dtype
using wide = cf::tensor<cf::f32, 16>;      // 64 B

// --- every method, over one tensor ----------------------------------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.all_reduce(vec{}, sum, dp); }, {{"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_gather(vec{}, dp); }, {{"_c10d_functional::all_gather_into_tensor", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.reduce_scatter(vec{}, sum, dp); }, {{"_c10d_functional::reduce_scatter_tensor", {32, 8, 32}}}));
static_assert(emits([](auto& c) { c.broadcast(vec{}, 3, dp); }, {{"_c10d_functional::broadcast", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_to_all(vec{}, dp); }, {{"_c10d_functional::all_to_all_single", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.all_to_all(vec{}, std::array{1, 2, 3, 4}, std::array{2, 2, 2, 2}, dp); },
                    {{"_c10d_functional::all_to_all_single", {32, 40, 40}}}));
static_assert(emits([](auto& c) { c.send(vec{}, 1, dp); }, {{"c10d::send", {32, 0, 32}}}));
static_assert(emits([](auto& c) { c.recv(vec{}, 1, dp); }, {{"c10d::recv_", {0, 32, 32}}}));
static_assert(emits([](auto& c) { c.barrier(dp); }, {{"c10d::barrier", {0, 0, 0}}}));
// The dtype is that of the message, whichever side has it.
static_assert(cf::trace([](auto& c) { c.send(small{}, 1, dp); }).rows()[0].call().dtype() == cf::bf16);
static_assert(cf::trace([](auto& c) { c.recv(small{}, 1, dp); }).rows()[0].call().dtype() == cf::bf16);
static_assert(emits([](auto& c) { c.all_gather_into_tensor(cf::tensor<cf::f32, 4, 8>{}, vec{}, dp); },
                    {{"c10d::_allgather_base_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.reduce_scatter_tensor(vec{}, cf::tensor<cf::f32, 4, 8>{}, sum, dp); },
                    {{"c10d::_reduce_scatter_base_", {128, 32, 128}}}));
// --- what comes back ------------------------------------------------------------------------------------------------------------------

struct layer {
  vec w;
  int heads;
  small b;
};

static_assert(run([](auto& c) {
  static_assert(std::is_same_v<decltype(c.all_gather(vec{}, dp)), cf::tensor<cf::f32, 32>>);
  static_assert(std::is_same_v<decltype(c.all_gather(vec{}, tp)), cf::tensor<cf::f32, dyn>>);
  static_assert(std::is_same_v<decltype(c.reduce_scatter(vec{}, sum, dp)), cf::tensor<cf::f32, 2>>);
  static_assert(std::is_same_v<decltype(c.all_reduce(cf::dynamic_tensor(), sum, dp)), cf::dynamic_tensor>);
  static_assert(std::is_same_v<decltype(c.broadcast(small{}, 0, dp)), small>);
  static_assert(std::is_same_v<decltype(c.all_to_all(vec{}, dp)), vec>);
  static_assert(std::is_same_v<decltype(c.recv(vec{}, 0, dp)), vec>);
  static_assert(std::is_void_v<decltype(c.send(vec{}, 0, dp))> && std::is_void_v<decltype(c.barrier(dp))>);

  // A struct keeps its type where its fields do, gets an image where not, and comes back from there: the laws of sharding.
  static_assert(std::is_same_v<decltype(c.all_reduce(layer{}, sum, dp)), layer>);
  using image = decltype(c.all_gather(layer{}, dp));
  static_assert(std::is_same_v<image, cf::mapped_struct<layer, cf::tensor<cf::f32, 32>, int, cf::tensor<cf::bf16, 16, 4>>>);
  static_assert(std::is_same_v<decltype(c.reduce_scatter(image{}, sum, dp)), layer>);
  static_assert(std::is_same_v<decltype(c.all_gather(std::tuple<vec, std::array<small, 2>>{}, dp)),
                               std::tuple<cf::tensor<cf::f32, 32>, std::array<cf::tensor<cf::bf16, 16, 4>, 2>>>);
}));

// What is no tensor comes through with its value.
static_assert([] {
  int heads = 0;
  static_cast<void>(cf::trace([&](auto& c) { heads = c.reduce_scatter(c.all_gather(layer{{}, 7, {}}, dp), sum, dp).heads; }));
  return heads;
}() == 7);
static_assert(cf::trace([](auto& c) { c.all_reduce(7, sum, dp); }).rows().empty());

// --- trees: one call a tensor, coalesced: one call a tree -----------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.all_gather(layer{}, dp); }, {{"_c10d_functional::all_gather_into_tensor", {32, 128, 128}},
                                                                 {"_c10d_functional::all_gather_into_tensor", {32, 128, 128}}}));
static_assert(cf::trace([](auto& c) { c.all_gather(layer{}, dp); }).rows()[0].call().dtype() == cf::f32);
static_assert(cf::trace([](auto& c) { c.all_gather(layer{}, dp); }).rows()[1].call().dtype() == cf::bf16);
static_assert(emits([](auto& c) { c.all_reduce(std::array<vec, 2>{}, sum, dp); },
                    {{"_c10d_functional::all_reduce", {32, 32, 32}}, {"_c10d_functional::all_reduce", {32, 32, 32}}}));
static_assert(cf::trace([](auto& c) { c.all_reduce(std::array<vec, 5>{}, sum, dp); }).calls() == 5);
static_assert(emits([](auto& c) { c.send(std::tuple<vec, wide>{}, 1, dp); }, {{"c10d::send", {32, 0, 32}}, {"c10d::send", {64, 0, 64}}}));
static_assert(emits([](auto& c) { c.recv(std::pair<wide, vec>{}, 1, dp); }, {{"c10d::recv_", {0, 64, 64}}, {"c10d::recv_", {0, 32, 32}}}));
static_assert(cf::trace([](auto& c) { c.broadcast(std::optional<vec>{}, 0, dp); }).calls() == 0);

static_assert(emits([](auto& c) { c.all_reduce_coalesced(layer{}, sum, dp); }, {{"_c10d_functional::all_reduce_coalesced", {64, 64, 64}}}));
static_assert(emits([](auto& c) { c.all_gather_coalesced(std::array<vec, 5>{}, dp); },
                    {{"_c10d_functional::all_gather_into_tensor_coalesced", {160, 640, 640}}}));
static_assert(emits([](auto& c) { c.reduce_scatter_coalesced(std::tuple<vec, wide>{}, sum, dp); },
                    {{"_c10d_functional::reduce_scatter_tensor_coalesced", {96, 24, 96}}}));
// Several dtypes in one call are no dtype; one is one.
static_assert(!cf::trace([](auto& c) { c.all_reduce_coalesced(layer{}, sum, dp); }).rows()[0].call().dtype());
static_assert(cf::trace([](auto& c) { c.all_reduce_coalesced(std::array<small, 2>{}, sum, dp); }).rows()[0].call().dtype() == cf::bf16);

}  // namespace
