// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/scatter.hpp>

#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
using call::comm;
using call::is_constant;
using call::payload;
using call::sent_to;
using call::with_work;
using cf::call_bytes;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
template <std::size_t N>
using f32 = cf::tensor<cf::f32, N>;
constexpr std::tuple<> not_root;

// As the root sees it and as the others do. PyTorch's uneven scatter_: [1], [2], [3], [4] of float32 from the root, 40 B, into [3].
using blocks = std::tuple<std::tuple<f32<1>, f32<2>, f32<3>, f32<4>>>;
static_assert(std::is_same_v<decltype(c10d::scatter_(std::tuple<f32<3>>{}, blocks{}, g, 0)), with_work<std::tuple<f32<3>>>>);
static_assert(is_constant<40>(comm(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, g, 0)) &&
              is_constant<0>(comm(c10d::scatter_, std::tuple<f32<3>>{}, not_root, g, 1)));
static_assert(payload(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, g, 0) ==
              call_bytes{.input_bytes = 40, .output_bytes = 12, .message_bytes = 40});
static_assert(payload(c10d::scatter_, std::tuple<f32<3>>{}, not_root, g, 1) ==
              call_bytes{.input_bytes = 0, .output_bytes = 12, .message_bytes = 48});
static_assert(sent_to(c10d::scatter_, std::tuple<f32<3>>{}, blocks{}, any_g, 0) == vector{4, 8, 12, 16});

}  // namespace
