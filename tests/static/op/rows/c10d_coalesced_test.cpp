// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
using call::comm;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using cf::call_bytes;
using cf::size_c;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};

// PyTorch's public API, of float32 [8] and [3] over four ranks: 44 B a rank, 176 B in all.
using parts = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 3>>;
using wholes = std::tuple<cf::tensor<cf::f32, 32>, cf::tensor<cf::f32, 12>>;
using any = cf::tensor<cf::f32, cf::dyn>;
constexpr std::array<any, 2> any_parts{any{8}, any{3}};
constexpr std::array<any, 2> any_wholes{any{32}, any{12}};

// All four return a work alone; its result is what was written into.
static_assert(std::is_same_v<decltype(c10d::allreduce_coalesced_(parts{}, g, sum, false)), cf::fake_work<parts>>);
static_assert(c10d::allreduce_coalesced_(any_parts, any_g, sum).result() == any_parts);
static_assert(is_constant<44>(comm(c10d::allreduce_coalesced_, parts{}, any_g, sum)) &&
              comm(c10d::allreduce_coalesced_, any_parts, g, sum) == 44);
static_assert(payload(c10d::allreduce_coalesced_, parts{}, g, sum) ==
              call_bytes{.input_bytes = 44, .output_bytes = 44, .message_bytes = 44});
// A window counts all of its storage, and is seen as it is; each tensor has a dtype of its own.
constexpr auto window = cf::narrow(cf::tensor<cf::bf16, 64>{}, size_c<0>, size_c<0>, size_c<8>);
constexpr std::tuple mixed{window, cf::tensor<cf::f32, 3>{}};
static_assert(is_constant<140>(comm(c10d::allreduce_coalesced_, mixed, g, sum)) &&
              payload(c10d::allreduce_coalesced_, mixed, g, sum) == call_bytes{28, 28, 28});

// output_lists[i] holds the inputs of rank i.
using lists = std::array<parts, 4>;
static_assert(std::is_same_v<decltype(c10d::allgather_coalesced_(lists{}, parts{}, g)), cf::fake_work<lists>>);
static_assert(is_constant<176>(comm(c10d::allgather_coalesced_, lists{}, parts{}, any_g, false)));
static_assert(payload(c10d::allgather_coalesced_, lists{}, parts{}, g) ==
              call_bytes{.input_bytes = 44, .output_bytes = 176, .message_bytes = 176});
static_assert(received_from(c10d::allgather_coalesced_, lists{}, parts{}, g) == vector{44, 44, 44, 44});
constexpr std::array any_lists{std::array{any{1}, any{2}}, std::array{any{3}, any{4}}, std::array{any{5}, any{6}},
                               std::array{any{7}, any{8}}};
static_assert(comm(c10d::allgather_coalesced_, any_lists, any_parts, any_g) == 144);
static_assert(received_from(c10d::allgather_coalesced_, any_lists, any_parts, any_g) == vector{12, 28, 44, 60});

// Several _allgather_base_ and _reduce_scatter_base_ in one call.
static_assert(std::is_same_v<decltype(c10d::allgather_into_tensor_coalesced_(wholes{}, parts{}, g)), cf::fake_work<wholes>>);
static_assert(is_constant<176>(comm(c10d::allgather_into_tensor_coalesced_, wholes{}, parts{}, g, false)) &&
              comm(c10d::allgather_into_tensor_coalesced_, any_wholes, parts{}, any_g) == 176);
static_assert(payload(c10d::allgather_into_tensor_coalesced_, wholes{}, any_parts, g) ==
              call_bytes{.input_bytes = 44, .output_bytes = 176, .message_bytes = 176});
static_assert(c10d::allgather_into_tensor_coalesced_(any_wholes, parts{}, any_g).result() == any_wholes);

static_assert(std::is_same_v<decltype(c10d::reduce_scatter_tensor_coalesced_(parts{}, wholes{}, g, sum)), cf::fake_work<parts>>);
static_assert(is_constant<176>(comm(c10d::reduce_scatter_tensor_coalesced_, parts{}, wholes{}, any_g, sum, true, -1)) &&
              comm(c10d::reduce_scatter_tensor_coalesced_, parts{}, any_wholes, g, sum) == 176);
static_assert(payload(c10d::reduce_scatter_tensor_coalesced_, any_parts, wholes{}, g, sum) ==
              call_bytes{.input_bytes = 176, .output_bytes = 44, .message_bytes = 176});

static_assert(!std::is_invocable_v<c10d::allreduce_coalesced_t, parts, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allgather_coalesced_t, lists, cf::tensor<cf::f32, 8>, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::allgather_into_tensor_coalesced_t, lists, parts, decltype(g)>);
static_assert(!std::is_invocable_v<c10d::reduce_scatter_tensor_coalesced_t, parts, wholes, decltype(g)>);

static_assert(is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, any_parts, any_g); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, any_parts, cf::process_group<"g">{3}); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_coalesced_(any_lists, std::vector<any>(3), g); }>);
static_assert(!is_a_constant<[] {
  return c10d::allgather_coalesced_(any_lists, std::array{cf::dynamic_tensor(cf::f32, {1}), cf::dynamic_tensor(cf::f16, {1})}, g);
}>);
static_assert(!is_a_constant<[] { return c10d::allgather_into_tensor_coalesced_(any_parts, any_parts, g); }>);
static_assert(!is_a_constant<[] { return c10d::allgather_into_tensor_coalesced_(any_wholes, std::vector<any>(1, any{8}), g); }>);
static_assert(!is_a_constant<[] { return c10d::reduce_scatter_tensor_coalesced_(any_wholes, any_parts, g, sum); }>);

}  // namespace
