// SPDX-License-Identifier: BSL-1.0
#include <commfold/comm/torch/dist_nn.hpp>

#include <commfold/comm/torch/dist.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using cf::even_split;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp"> tp{4};

using vec = cf::tensor<cf::f32, 8>;  // 32 B
using four = std::array<vec, 4>;

static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.all_reduce_backward(nn.all_reduce(vec{}, cf::avg, dp), cf::avg, dp);
    },
    {{"c10d::allreduce_", {32, 32, 32}}, {"c10d::allreduce_", {32, 32, 32}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.all_gather_backward(nn.all_gather(vec{}, dp), dp);
    },
    {{"c10d::allgather_", {32, 128, 128}}, {"c10d::alltoall_", {128, 128, 128}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.all_to_all_single_backward(nn.all_to_all_single(vec{}, vec{}, even_split, even_split, dp), vec{}, even_split, even_split, dp);
    },
    {{"c10d::alltoall_base_", {32, 32, 32}}, {"c10d::alltoall_base_", {32, 32, 32}}}));
// Backward, the splits are exchanged: what came in uneven goes out so.
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      constexpr std::array out{1, 2, 3, 4};
      constexpr std::array in{2, 2, 2, 2};
      nn.all_to_all_single_backward(nn.all_to_all_single(cf::tensor<cf::f32, 10>{}, vec{}, out, in, dp), vec{}, out, in, dp);
    },
    {{"c10d::alltoall_base_", {32, 40, 40}}, {"c10d::alltoall_base_", {40, 32, 40}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.all_to_all_backward(nn.all_to_all(std::tuple<vec, vec, vec, cf::tensor<cf::f32, 1>>{}, four{}, dp), four{}, dp);
    },
    {{"c10d::alltoall_", {128, 100, 128}}, {"c10d::alltoall_", {100, 128, 128}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.broadcast_backward(nn.broadcast(vec{}, 1, dp), 1, dp);
      nn.reduce_backward(nn.reduce(vec{}, 1, sum, dp), 1, dp);
    },
    {{"c10d::broadcast_", {32, 32, 32}},
     {"c10d::reduce_", {32, 32, 32}},
     {"c10d::reduce_", {32, 32, 32}},
     {"c10d::broadcast_", {32, 32, 32}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.gather_backward(nn.gather(vec{}, 1, dp), 1, dp);
      nn.scatter_backward(nn.scatter(four{}, 1, dp), 1, dp);
    },
    {{"c10d::gather_", {32, 128, 128}},
     {"c10d::scatter_", {128, 32, 128}},
     {"c10d::scatter_", {128, 32, 128}},
     {"c10d::gather_", {32, 128, 128}}}));
static_assert(emits(
    [](auto& c) {
      auto const nn = c.dist().nn();
      nn.reduce_scatter_backward(nn.reduce_scatter(vec{}, four{}, sum, dp), dp);
    },
    {{"c10d::reduce_scatter_", {128, 32, 128}}, {"c10d::allgather_", {32, 128, 128}}}));

// The shapes that come back: forward those of the result, backward those of what went in.
static_assert(run([](auto& c) {
  auto const nn = c.dist().nn();
  static_assert(std::is_same_v<decltype(nn.all_gather(vec{}, dp)), four>);
  static_assert(std::is_same_v<decltype(nn.all_gather(vec{}, tp)), std::vector<vec>>);
  static_assert(std::is_same_v<decltype(nn.all_gather_backward(four{}, dp)), vec>);
  static_assert(std::is_same_v<decltype(nn.gather(vec{}, 0, dp)), four> &&
                std::is_same_v<decltype(nn.gather_backward(four{}, 0, dp)), vec>);
  static_assert(std::is_same_v<decltype(nn.reduce_scatter(vec{}, four{}, sum, dp)), vec>);
  static_assert(std::is_same_v<decltype(nn.reduce_scatter_backward(vec{}, dp)), four>);
  static_assert(std::is_same_v<decltype(nn.all_to_all_backward(std::tuple<vec, vec, vec, cf::tensor<cf::f32, 1>>{}, four{}, dp)), four>);
  static_assert(std::is_same_v<decltype(nn.all_to_all_single_backward(cf::tensor<cf::f32, 16>{}, vec{}, even_split, even_split, dp)), vec>);
  // A view is copied before it is reduced in place.
  auto const view = cf::narrow(cf::tensor<cf::f32, 64>{}, size_c<0>, size_c<0>, size_c<8>);
  static_assert(std::is_same_v<decltype(nn.all_reduce(view, sum, dp)), vec>);
  static_assert(std::is_same_v<decltype(nn.broadcast(view, 0, dp)), vec> && std::is_same_v<decltype(nn.reduce(view, 0, sum, dp)), vec>);
  if (nn.all_gather(vec{}, tp).size() != 4) throw "a list has one tensor a rank";
}));

}  // namespace
