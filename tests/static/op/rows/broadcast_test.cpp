// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/broadcast.hpp>

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
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::with_work;
using cf::call_bytes;
using cf::size_c;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch's [8, 4] of a 64 x 64 storage of 16384 B.
constexpr auto float_window =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
constexpr auto expanded = cf::expand(cf::tensor<cf::u8, 1, 5>{}, size_c<8>, size_c<5>);
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
// PyTorch's list of float32 [8, 4], [3] and [5, 2]: 180 B.
using uneven = std::tuple<shard, cf::tensor<cf::f32, 3>, cf::tensor<cf::f32, 5, 2>>;

// broadcast_: in place, on a list that may be a tuple, an array, a vector, a struct, or one tensor in its place.
static_assert(std::is_same_v<decltype(c10d::broadcast_(uneven{}, two, 0, 1)), with_work<uneven>>);
static_assert(call::tensors(c10d::broadcast_(std::array{cf::dynamic_tensor(upper)}, any_g, size_c<3>, 0))[0] == upper);
// Views come back as they are: strides, storage and all.
static_assert(std::get<0>(call::tensors(c10d::broadcast_(std::tuple{upper}, two, 1))).storage_bytes() == 128);
static_assert(is_constant<180>(comm(c10d::broadcast_, uneven{}, two, 0, 1)) &&
              payload(c10d::broadcast_, uneven{}, two, 0, 1) == call_bytes{180, 180, 180});

// broadcast: a fresh tensor, whichever rank the root is, known while compiling or not.
static_assert(is(fun::broadcast(x, 0, g), shard{}) && is(fun::broadcast(x, size_c<3>, g), shard{}) &&
              is(fun::broadcast(dynamic, 3, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::broadcast(expanded, 1, two), cf::tensor<cf::u8, 8, 5>{}) && is_constant<5>(comm(fun::broadcast, expanded, 1, two)));
static_assert(payload(fun::broadcast, x, 3, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128} &&
              payload(fun::broadcast, expanded, 1, two) == call_bytes{40, 40, 40});

// In place: the argument comes back as it is, with its strides and its storage, which is counted.
static_assert(is(fun::broadcast_(float_window, 2, g), float_window) && is(fun::broadcast_(dynamic, size_c<3>, any_g), dynamic));
static_assert(is_constant<16384>(comm(fun::broadcast_, float_window, 2, g)) &&
              payload(fun::broadcast_, float_window, 2, g) == call_bytes{.input_bytes = 128, .output_bytes = 128, .message_bytes = 128});

// What is no tensor, no group, or no rank cannot be asked about.
static_assert(!std::is_invocable_v<c10d::broadcast_t, std::tuple<shard>, decltype(g), double>);
static_assert(!std::is_invocable_v<fun::broadcast_t, shard, double, decltype(g)>);
static_assert(!std::is_invocable_v<fun::broadcast_in_place_t, shard, decltype(g)>);

static_assert(!is_a_constant<[] { return fun::broadcast(x, 4, g); }> && !is_a_constant<[] { return fun::broadcast(x, -1, any_g); }>);
static_assert(!is_a_constant<[] { return fun::broadcast_(float_window, 4, g); }>);

}  // namespace
