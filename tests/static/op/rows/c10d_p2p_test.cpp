// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/p2p.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
using call::comm;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using cf::call_bytes;
using cf::size_c;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

// PyTorch's list of float32 [8, 4], [3] and [5, 2]: 180 B.
using shard = cf::tensor<cf::f32, 8, 4>;
using uneven = std::tuple<shard, cf::tensor<cf::f32, 3>, cf::tensor<cf::f32, 5, 2>>;
// And its two views of one storage of 128 B, of which 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
constexpr std::array views{upper, upper};
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});

// send has no output, recv_ and recv_any_source_ no input; all carry N, of one tensor or several, and return a work.
static_assert(std::is_same_v<decltype(c10d::send(uneven{}, two, 1, 0)), cf::fake_work<uneven>>);
static_assert(is_constant<180>(comm(c10d::send, uneven{}, two, 1, 0)) &&
              payload(c10d::send, uneven{}, two, 1, 0) == call_bytes{.input_bytes = 180, .output_bytes = 0, .message_bytes = 180});
static_assert(payload(c10d::send, dynamic, any_g, 0) == call_bytes{128, 0, 128} && comm(c10d::send, std::array{dynamic}, any_g, 3) == 128);

static_assert(std::is_same_v<decltype(c10d::recv_(views, two, size_c<1>, 0)), cf::fake_work<std::remove_const_t<decltype(views)>>>);
static_assert(is_constant<256>(comm(c10d::recv_, views, two, 1, 0)) &&
              payload(c10d::recv_, views, two, 1, 0) == call_bytes{.input_bytes = 0, .output_bytes = 128, .message_bytes = 128});
static_assert(c10d::recv_(dynamic, any_g, 2).result() == dynamic && c10d::recv_(views, two, 0).result()[0].storage_bytes() == 128);

static_assert(std::is_same_v<decltype(c10d::recv_any_source_(views, two, 0)), cf::fake_work<std::remove_const_t<decltype(views)>>>);
static_assert(is_constant<256>(comm(c10d::recv_any_source_, views, two, 0)) &&
              payload(c10d::recv_any_source_, views, two, 0) == call_bytes{.input_bytes = 0, .output_bytes = 128, .message_bytes = 128});
static_assert(comm(c10d::recv_any_source_, dynamic, any_g, 7) == 128 && c10d::recv_any_source_(dynamic, any_g, 0).result() == dynamic);

static_assert(!std::is_invocable_v<c10d::send_t, shard, int, int> && !std::is_invocable_v<c10d::send_t, shard, decltype(g)> &&
              !std::is_invocable_v<c10d::recv_t, int, decltype(g), int> && !std::is_invocable_v<c10d::recv_t, shard, decltype(g), bool> &&
              !std::is_invocable_v<c10d::recv_any_source_t, shard, int, int>);

static_assert(is_a_constant<[] { return c10d::send(shard{}, g, 3); }> && is_a_constant<[] { return c10d::recv_(shard{}, any_g, 0); }>);
static_assert(!is_a_constant<[] { return c10d::send(shard{}, g, 4); }> && !is_a_constant<[] { return c10d::send(shard{}, any_g, -1); }>);
static_assert(!is_a_constant<[] { return c10d::recv_(shard{}, any_g, size_c<4>); }> &&
              !is_a_constant<[] { return c10d::recv_(shard{}, two, 2); }>);

}  // namespace
