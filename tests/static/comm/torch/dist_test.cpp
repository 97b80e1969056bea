// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/dist.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp"> tp{2};

using vec = cf::tensor<cf::f32, 8>;     // 32 B
using part = cf::tensor<cf::f32, 2>;    // 8 B
using whole = cf::tensor<cf::f32, 32>;  // 128 B
using four = std::array<vec, 4>;

// --- every call: the operator that it emits, and its bytes ----------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.dist().all_reduce(vec{}, sum, dp); }, {{"c10d::allreduce_", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.dist().broadcast(vec{}, 1, dp); }, {{"c10d::broadcast_", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.dist().reduce(vec{}, 3, sum, dp); }, {{"c10d::reduce_", {32, 32, 32}}}));
static_assert(emits([](auto& c) { c.dist().all_gather(four{}, vec{}, dp); }, {{"c10d::allgather_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.dist().all_gather_into_tensor(whole{}, vec{}, dp); }, {{"c10d::_allgather_base_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.dist().reduce_scatter(vec{}, four{}, sum, dp); }, {{"c10d::reduce_scatter_", {128, 32, 128}}}));
static_assert(emits([](auto& c) { c.dist().reduce_scatter_tensor(vec{}, whole{}, sum, dp); },
                    {{"c10d::_reduce_scatter_base_", {128, 32, 128}}}));
static_assert(emits([](auto& c) { c.dist().gather(vec{}, four{}, 0, dp); }, {{"c10d::gather_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.dist().gather(vec{}, 1, dp); }, {{"c10d::gather_", {32, 0, 128}}}));
static_assert(emits([](auto& c) { c.dist().gather_single(vec{}, whole{}, 0, dp); }, {{"c10d::gather_into_tensor_", {32, 128, 128}}}));
static_assert(emits([](auto& c) { c.dist().scatter(vec{}, four{}, 0, dp); }, {{"c10d::scatter_", {128, 32, 128}}}));
static_assert(emits([](auto& c) { c.dist().scatter(vec{}, 1, dp); }, {{"c10d::scatter_", {0, 32, 128}}}));
static_assert(emits([](auto& c) { c.dist().all_to_all(four{}, four{}, dp); }, {{"c10d::alltoall_", {128, 128, 128}}}));
static_assert(emits([](auto& c) { c.dist().all_to_all_single(vec{}, vec{}, dp); }, {{"c10d::alltoall_base_", {32, 32, 32}}}));
static_assert(
    emits([](auto& c) { c.dist().all_to_all_single(cf::tensor<cf::f32, 10>{}, vec{}, std::array{1, 2, 3, 4}, std::array{2, 2, 2, 2}, dp); },
          {{"c10d::alltoall_base_", {32, 40, 40}}}));
static_assert(emits([](auto& c) { c.dist().barrier(dp); }, {{"c10d::barrier", {}}}));
static_assert(emits([](auto& c) { c.dist().monitored_barrier(dp); }, {{"c10d::monitored_barrier_", {}}}));

static_assert(emits(
    [](auto& c) {
      c.dist().send(vec{}, 1, dp);
      c.dist().isend(vec{}, 1, dp);
      c.dist().isend(vec{}, 1, dp, 7);
    },
    {{"c10d::send", {32, 0, 32}}, {"c10d::send", {32, 0, 32}}, {"c10d::send", {32, 0, 32}}}));
static_assert(emits(
    [](auto& c) {
      c.dist().recv(vec{}, 1, dp);
      c.dist().irecv(vec{}, 1, dp, 7);
      c.dist().recv(vec{}, dp);
      c.dist().irecv(vec{}, dp, 7);
    },
    {{"c10d::recv_", {0, 32, 32}},
     {"c10d::recv_", {0, 32, 32}},
     {"c10d::recv_any_source_", {0, 32, 32}},
     {"c10d::recv_any_source_", {0, 32, 32}}}));
static_assert(emits(
    [](auto& c) {
      c.dist().batch_isend_irecv(cf::p2p_irecv{part{}, 3, dp}, cf::p2p_isend{vec{}, 1, dp}, cf::p2p_isend{whole{}, size_c<2>, dp});
    },
    {{"c10d::recv_", {0, 8, 8}}, {"c10d::send", {32, 0, 32}}, {"c10d::send", {128, 0, 128}}}));

using vec_and_part = std::tuple<vec, part>;
static_assert(emits([](auto& c) { c.dist().all_reduce_coalesced(vec_and_part{}, sum, dp); },
                    {{"c10d::allreduce_coalesced_", {40, 40, 40}}}));
static_assert(emits([](auto& c) { c.dist().all_gather_coalesced(std::array<vec_and_part, 4>{}, vec_and_part{}, dp); },
                    {{"c10d::allgather_coalesced_", {40, 160, 160}}}));

// Objects are bytes, and their sizes go first.
static_assert(emits([](auto& c) { c.dist().all_gather_object(21, dp); },
                    {{"c10d::allgather_", {8, 32, 32}}, {"c10d::allgather_", {21, 84, 84}}}));
static_assert(emits([](auto& c) { c.dist().gather_object(21, 0, dp); },
                    {{"c10d::allgather_", {8, 32, 32}}, {"c10d::gather_", {21, 84, 84}}}));
static_assert(emits([](auto& c) { c.dist().scatter_object_list(21, 0, dp); },
                    {{"c10d::broadcast_", {8, 8, 8}}, {"c10d::scatter_", {84, 21, 84}}, {"c10d::scatter_", {32, 8, 32}}}));
static_assert(emits([](auto& c) { c.dist().broadcast_object_list(std::array{4, 6}, 0, dp); },
                    {{"c10d::broadcast_", {16, 16, 16}}, {"c10d::broadcast_", {10, 10, 10}}}));
static_assert(emits([](auto& c) { c.dist().send_object_list(std::array{4, 6, 1}, 1, dp); },
                    {{"c10d::send", {24, 0, 24}}, {"c10d::send", {11, 0, 11}}}));
static_assert(emits([](auto& c) { c.dist().recv_object_list(std::array{4, 6, 1}, 1, dp); },
                    {{"c10d::recv_", {0, 24, 24}}, {"c10d::recv_", {0, 11, 11}}}));

// --- lists: any product or sequence, of any sizes ---------------------------------------------------------------------------------------

static_assert(emits([](auto& c) { c.dist().all_gather(std::tuple<vec, part>{}, vec{}, tp); }, {{"c10d::allgather_", {32, 40, 40}}}));
static_assert(emits(
    [](auto& c) {
      c.dist().all_gather(std::vector<cf::tensor<cf::f32, dyn>>{cf::tensor<cf::f32, dyn>{3}, cf::tensor<cf::f32, dyn>{5}}, vec{}, tp);
    },
    {{"c10d::allgather_", {32, 32, 32}}}));
// A list of a list of one is that, and not a copy of the inner one.
static_assert(emits([](auto& c) { c.dist().all_gather(std::tuple<vec>{}, vec{}, cf::process_group<"one", 1>{}); },
                    {{"c10d::allgather_", {32, 32, 32}}}));

// --- works ------------------------------------------------------------------------------------------------------------------------------

// Numbered from 1 in every trace, whatever is called in between.
constexpr auto ids = [] {
  std::array<std::uint64_t, 6> seen{};
  static_cast<void>(cf::log([&](auto& c) {
    seen[0] = c.dist().all_reduce(vec{}, sum, dp).seq_id();
    seen[1] = c.dist().barrier(dp).seq_id();
    c.all_gather(vec{}, dp);
    c.dist().monitored_barrier(dp);
    seen[2] = c.dist().gather(vec{}, 1, dp).seq_id();
    auto const [sent, received] = c.dist().batch_isend_irecv(cf::p2p_isend{vec{}, 1, dp}, cf::p2p_irecv{vec{}, 3, dp});
    seen[3] = sent.seq_id();
    seen[4] = received.seq_id();
    seen[5] = c.dist().coalescing(dp, [](auto& batch) { batch.all_reduce(vec{}, sum); })->seq_id();
  }));
  return seen;
};
static_assert(ids() == std::array<std::uint64_t, 6>{1, 2, 3, 4, 5, 6} && ids() == ids());

static_assert(run([](auto& c) {
  auto const work = c.dist().all_gather_into_tensor(whole{}, vec{}, dp);
  static_assert(cf::any_work<decltype(work)> && std::is_same_v<decltype(work.result()), whole const&>);
  if (!work.wait() || !work.is_completed()) throw "a work is done before it began";
  // Operators on lists made or changed lists.
  static_assert(std::is_same_v<decltype(c.dist().recv(vec{}, 1, dp).result()), std::tuple<vec> const&>);
  static_assert(std::is_same_v<decltype(c.dist().gather(vec{}, four{}, 0, dp).result()), std::tuple<four> const&>);
  static_assert(std::is_same_v<decltype(c.dist().all_to_all(four{}, four{}, dp).result()), four const&>);
  static_assert(std::is_void_v<decltype(c.dist().monitored_barrier(dp))>);
}));

// --- complex tensors go as pairs of real ones -------------------------------------------------------------------------------------------

using complex = cf::tensor<cf::c64, 4>;  // 32 B
static_assert(run([](auto& c) {
  static_assert(std::is_same_v<decltype(c.dist().all_reduce(complex{}, sum, dp).result()), std::tuple<cf::tensor<cf::f32, 4, 2>> const&>);
}));
static_assert(cf::trace([](auto& c) { c.dist().all_reduce(complex{}, sum, dp); }).rows()[0].call().dtype() == cf::f32);
static_assert(cf::trace([](auto& c) { c.dist().all_reduce(cf::dynamic_tensor(cf::c128, {2, 3}), sum, dp); }).rows()[0].call().dtype() ==
              cf::f64);
static_assert(emits([](auto& c) { c.dist().all_reduce(cf::dynamic_tensor(cf::c128, {2, 3}), sum, dp); },
                    {{"c10d::allreduce_", {96, 96, 96}}}));
static_assert(emits([](auto& c) { c.dist().all_to_all_single(complex{}, complex{}, std::array{0, 1, 1, 2}, std::array{1, 1, 1, 1}, dp); },
                    {{"c10d::alltoall_base_", {32, 32, 32}}}));
template <class Step>
constexpr auto dtype_of_call(Step step) {
  return cf::trace(step).rows()[0].call().dtype();
}
using complex_list = std::array<complex, 4>;
static_assert(dtype_of_call([](auto& c) { c.dist().all_gather(complex_list{}, complex{}, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) { c.dist().all_gather_into_tensor(cf::tensor<cf::c64, 16>{}, complex{}, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) { c.dist().scatter(complex{}, complex_list{}, 0, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) { c.dist().all_to_all(complex_list{}, complex_list{}, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) { c.dist().all_to_all_single(complex{}, complex{}, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) { c.dist().all_reduce_coalesced(complex_list{}, sum, dp); }) == cf::f32);
static_assert(dtype_of_call([](auto& c) {
                c.dist().all_gather_coalesced(std::array<std::array<complex, 1>, 4>{}, std::array<complex, 1>{}, dp);
              }) == cf::f32);
// And where PyTorch does not, they stay what they are.
static_assert(dtype_of_call([](auto& c) { c.dist().broadcast(complex{}, 0, dp); }) == cf::c64);
static_assert(dtype_of_call([](auto& c) { c.dist().send(complex{}, 0, dp); }) == cf::c64);
static_assert(dtype_of_call([](auto& c) { c.dist().reduce_scatter_tensor(cf::tensor<cf::c64, 1>{}, complex{}, sum, dp); }) == cf::c64);

// --- payload, whatever is stored --------------------------------------------------------------------------------------------------------

static_assert(
    emits([](auto& c) { c.dist().all_reduce(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<1>, size_c<0>, size_c<4>), sum, dp); },
          {{"c10d::allreduce_", {1024, 1024, 1024}}}));

// The same step over static and run-time shapes and groups leaves the same ledger.
constexpr auto step = [](auto& c, auto const& t, auto const& group) {
  c.phase("forward", [&] { c.dist().all_reduce(t, sum, group); });
  c.repeat(3, [&] { c.dist().coalescing(group, [&](auto& batch) { batch.all_reduce(t, sum); }); });
};
static_assert(cf::trace(step, vec{}, dp) == cf::trace(step, cf::dynamic_tensor(cf::f32, {8}), cf::process_group<"dp">{4}));
static_assert(cf::trace(step, vec{}, dp).calls() == 4 && cf::trace(step, vec{}, dp).rows()[0].call().phase() == "forward");

}  // namespace
