// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/reduce.hpp>

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
using call::is_constant;
using call::payload;
using cf::call_bytes;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch: float32 [4, 4] at offset 0 and 16 of one storage of 128 B; 64 B are seen of each.
constexpr auto upper = cf::narrow(shard{}, size_c<0>, size_c<0>, size_c<4>);
// PyTorch's list of float32 [8, 4], [3] and [5, 2]: 180 B.
using uneven = std::tuple<shard, cf::tensor<cf::f32, 3>, cf::tensor<cf::f32, 5, 2>>;

// In place, on a list that may be a tuple, an array, a vector, a struct, or one tensor in its place.
static_assert(std::is_same_v<decltype(c10d::reduce_(std::array<shard, 2>{}, g, sum, 0, 0)), cf::fake_work<std::array<shard, 2>>>);
static_assert(c10d::reduce_(dynamic, any_g, cf::reduce_op::max, 3, 0).result() == dynamic);
static_assert(is_constant<180>(comm(c10d::reduce_, uneven{}, two, cf::avg, 0, 2)) &&
              payload(c10d::reduce_, uneven{}, two, cf::avg, 0, 2) == call_bytes{180, 180, 180});
static_assert(comm(c10d::reduce_, std::tuple{upper, dynamic}, g, sum, 0) == 256 &&
              payload(c10d::reduce_, std::tuple{upper, dynamic}, g, sum, 0) == call_bytes{192, 192, 192});

static_assert(!std::is_invocable_v<c10d::reduce_t, std::tuple<shard>, decltype(g), int, int>);

}  // namespace
