// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/gather.hpp>

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
using c10d::gather_into_tensor_;
using call::comm;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
// Seen are 32 B of 4096 B.
constexpr auto byte_window =
    cf::narrow(cf::narrow(cf::tensor<cf::u8, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
using ranks_of_shards = std::array<shard, 4>;  // 512 B
using whole = cf::tensor<cf::f32, 32>;         // 128 B
using part = cf::tensor<cf::f32, 2, 4>;        // 32 B; the shapes need not agree, the elements must
constexpr cf::tensor<cf::f32, dyn> any_whole{32};
constexpr cf::dynamic_tensor dynamic_part(cf::f32, {8});
template <std::size_t Rows>
using c64 = cf::tensor<cf::c64, Rows, 3>;
using uneven_outputs = std::tuple<std::tuple<c64<1>, c64<2>, c64<3>, c64<4>>>;  // 240 B
constexpr std::tuple<> not_root;
using gathered_shards = std::array<ranks_of_shards, 1>;

// gather_, as the root sees it and as the others do.
static_assert(std::is_same_v<decltype(c10d::gather_(gathered_shards{}, std::tuple{shard{}}, g, 0)), cf::fake_work<gathered_shards>>);
static_assert(std::is_same_v<decltype(c10d::gather_(not_root, std::tuple{shard{}}, g, 3)), cf::fake_work<std::tuple<>>>);
static_assert(is_constant<512>(comm(c10d::gather_, gathered_shards{}, std::tuple{shard{}}, g, 0)) &&
              is_constant<0>(comm(c10d::gather_, not_root, std::tuple{shard{}}, g, 0)));
static_assert(payload(c10d::gather_, gathered_shards{}, std::tuple{shard{}}, g, 0) ==
              call_bytes{.input_bytes = 128, .output_bytes = 512, .message_bytes = 512});
static_assert(payload(c10d::gather_, not_root, std::tuple{shard{}}, any_g, 0) ==
              call_bytes{.input_bytes = 128, .output_bytes = 0, .message_bytes = 512});
static_assert(received_from(c10d::gather_, gathered_shards{}, std::tuple{shard{}}, g, 0) == vector{128, 128, 128, 128});
static_assert(received_from(c10d::gather_, not_root, std::tuple{shard{}}, g, 0) == vector{0, 0, 0, 0});
// Uneven: the root knows the whole vector, 240 B.
static_assert(payload(c10d::gather_, uneven_outputs{}, std::tuple<c64<2>>{}, g, 1) ==
              call_bytes{.input_bytes = 48, .output_bytes = 240, .message_bytes = 240});
static_assert(received_from(c10d::gather_, uneven_outputs{}, std::tuple<c64<2>>{}, g, 1) == vector{24, 48, 72, 96});

// gather_into_tensor_: on the root the whole, elsewhere perhaps nothing. PyTorch: float32 [8] into [32] over four ranks.
static_assert(std::is_same_v<decltype(gather_into_tensor_(part{}, whole{}, g, 0, false)), cf::fake_work<whole>>);
static_assert(gather_into_tensor_(dynamic_part, any_whole, any_g, 3).result() == any_whole);
static_assert(is_constant<128>(comm(gather_into_tensor_, part{}, whole{}, g, 0)) &&
              payload(gather_into_tensor_, part{}, whole{}, g, 0) ==
                  call_bytes{.input_bytes = 32, .output_bytes = 128, .message_bytes = 128});
using empty = cf::tensor<cf::f32, 0>;
static_assert(payload(gather_into_tensor_, part{}, empty{}, any_g, 0) ==
              call_bytes{.input_bytes = 32, .output_bytes = 0, .message_bytes = 128});
static_assert(payload(gather_into_tensor_, dynamic_part, cf::dynamic_tensor(cf::f32, {0}), g, 1) == call_bytes{32, 0, 128});
// The side that is counted, however large the storage of the other is.
static_assert(is_constant<128>(comm(gather_into_tensor_, byte_window, cf::tensor<cf::u8, 32, 4>{}, g, 0)));

static_assert(!std::is_invocable_v<c10d::gather_into_tensor_t, part, whole, decltype(g)>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(dynamic_part, any_whole, g, 4); }>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(dynamic_part, cf::tensor<cf::f32, dyn>{31}, g, 0); }>);
static_assert(!is_a_constant<[] { return gather_into_tensor_(part{}, cf::dynamic_tensor(cf::i32, {0}), g, 0); }>);

}  // namespace
