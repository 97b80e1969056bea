// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/shard_dim_alltoall.hpp>

#include <commfold/op/collective_op.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using cf::dtensor::shard_dim_alltoall;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"pair", 2> two;
constexpr cf::process_group<"pair"> any_two{2};

template <class T>
constexpr bool has(T const& t, cf::dynamic_tensor const& expected) {
  return cf::static_tensor<T> && cf::dynamic_tensor(t) == expected;
}

// PyTorch's rows. A piece along a later dimension is copied out of what was joined, and has a storage of its own: twice the input.
constexpr auto transposed = cf::transpose(cf::tensor<cf::i64, 6, 8>{}, size_c<0>, size_c<1>);
static_assert(is(shard_dim_alltoall(transposed, size_c<0>, size_c<1>, two), cf::tensor<cf::i64, 16, 3>{}));
static_assert(is_constant<768>(comm(shard_dim_alltoall, transposed, size_c<0>, size_c<1>, two)));
using cube = cf::tensor<cf::f32, 2, 3, 8>;
static_assert(is(shard_dim_alltoall(cube{}, size_c<0>, size_c<2>, two), cf::tensor<cf::f32, 4, 3, 4>{}));
static_assert(is_constant<384>(comm(shard_dim_alltoall, cube{}, size_c<0>, size_c<2>, two)));
static_assert(payload(shard_dim_alltoall, cube{}, size_c<0>, size_c<2>, two) ==
              call_bytes{.input_bytes = 192, .output_bytes = 192, .message_bytes = 192});
// Along dimension 0 it is a window on the whole: (1 + p) times the input, where the payload is the input again.
using brick = cf::tensor<cf::f32, 8, 3, 5>;
static_assert(has(shard_dim_alltoall(brick{}, size_c<2>, size_c<0>, g), cf::dynamic_tensor(cf::f32, {2, 3, 20}, {60, 20, 1}, 1920)));
static_assert(is_constant<2400>(comm(shard_dim_alltoall, brick{}, size_c<2>, size_c<0>, g)));
static_assert(payload(shard_dim_alltoall, brick{}, size_c<2>, size_c<0>, g) ==
              call_bytes{.input_bytes = 480, .output_bytes = 480, .message_bytes = 480});
static_assert(has(shard_dim_alltoall(cf::tensor<cf::u8, 16>{}, size_c<0>, size_c<0>, g), cf::dynamic_tensor(cf::u8, {16}, {1}, 64)));
static_assert(is_constant<80>(comm(shard_dim_alltoall, cf::tensor<cf::u8, 16>{}, size_c<0>, size_c<0>, g)));
// So it is where every dimension before has extent 1, and where nothing is left of it; a group of one changes nothing.
static_assert(has(shard_dim_alltoall(cf::tensor<cf::u8, 1, 4, 3>{}, size_c<2>, size_c<1>, two),
                  cf::dynamic_tensor(cf::u8, {1, 2, 6}, {24, 6, 1}, 24)));
static_assert(is(shard_dim_alltoall(cf::tensor<cf::bf16, 8, 0, 3>{}, size_c<0>, size_c<1>, g), cf::tensor<cf::bf16, 32, 0, 3>{}));
static_assert(is(shard_dim_alltoall(brick{}, size_c<0>, size_c<1>, cf::process_group<"self", 1>{}), brick{}));
// A view counts its whole storage, here 64 x 64 of which [8, 4] is seen: 4096 + 32 B.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::u8, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);
static_assert(is_constant<4128>(comm(shard_dim_alltoall, window, size_c<0>, size_c<1>, two)) &&
              payload(shard_dim_alltoall, window, size_c<0>, size_c<1>, two) == call_bytes{32, 32, 32});
// channels_last is kept by what is joined, whose piece along dimension 0 is then no contiguous one: it is copied.
constexpr auto channels_last = cf::transpose(cf::transpose(cf::tensor<cf::i64, 8, 2, 2, 3>{}, size_c<3>, size_c<2>), size_c<2>, size_c<1>);
static_assert(channels_last.strides() == cf::extents<12, 1, 6, 3>{} && channels_last.extents() == cf::extents<8, 3, 2, 2>{});
static_assert(is(shard_dim_alltoall(channels_last, size_c<2>, size_c<3>, two), cf::tensor<cf::i64, 8, 3, 4, 1>{}) &&
              is_constant<1536>(comm(shard_dim_alltoall, channels_last, size_c<2>, size_c<3>, two)));
static_assert(is(shard_dim_alltoall(channels_last, size_c<1>, size_c<0>, two), cf::tensor<cf::i64, 4, 6, 2, 2>{}));
static_assert(has(shard_dim_alltoall(cf::tensor<cf::i64, 8, 3, 2, 2>{}, size_c<1>, size_c<0>, two),
                  cf::dynamic_tensor(cf::i64, {4, 6, 2, 2}, {24, 4, 2, 1}, 1536)));
constexpr cf::dynamic_tensor volume(cf::u8, {4, 3, 2, 2, 2}, {24, 1, 12, 6, 3}, 96);
static_assert(shard_dim_alltoall(volume, 1, 0, two) == cf::dynamic_tensor(cf::u8, {2, 6, 2, 2, 2}));
static_assert(shard_dim_alltoall(cf::dynamic_tensor(cf::u8, {4, 3, 2, 2, 2}), 1, 0, two) ==
              cf::dynamic_tensor(cf::u8, {2, 6, 2, 2, 2}, {48, 8, 4, 2, 1}, 192));

// Dynamic where a number is: the same results.
static_assert(is(shard_dim_alltoall(brick{}, 2, 0, g), cf::dynamic_tensor(cf::f32, {2, 3, 20}, {60, 20, 1}, 1920)));
static_assert(is(shard_dim_alltoall(cube{}, size_c<0>, size_c<2>, any_two), cf::dynamic_tensor(cf::f32, {4, 3, 4})));
static_assert(is(shard_dim_alltoall(cf::tensor<cf::f32, dyn, 3, 8>{2}, size_c<0>, size_c<2>, two), cf::dynamic_tensor(cf::f32, {4, 3, 4})));
static_assert(comm(shard_dim_alltoall, cf::dynamic_tensor(cf::f32, {8, 3, 5}), 2, 0, g) == 2400);

// What is channels_last, by PyTorch's rule: neither the contiguous order, nor what could be either, nor what has no elements.
constexpr bool is_channels_last(cf::dynamic_tensor const& t) { return cf::detail::is_channels_last(cf::detail::true_layout(t)); }
static_assert(is_channels_last(channels_last) && is_channels_last(volume) && !is_channels_last(cf::dynamic_tensor(cf::u8, {8, 3, 2, 2})));
static_assert(!is_channels_last(cf::dynamic_tensor(cf::u8, {8, 1, 1, 1})) && !is_channels_last(cf::dynamic_tensor(cf::u8, {8, 3, 1, 1})));
static_assert(!is_channels_last(cf::dynamic_tensor(cf::u8, {8, 0, 2, 2}, {0, 1, 0, 0}, 0)) && !is_channels_last(transposed));
static_assert(!is_channels_last(cf::dynamic_tensor(cf::u8, {2, 3, 2, 2}, {0, 0, 0, 0}, 1)));
static_assert(is_channels_last(cf::dynamic_tensor(cf::u8, {1, 1, 4, 4}, {16, 1, 4, 1}, 16)) &&
              !is_channels_last(cf::dynamic_tensor(cf::u8, {4, 3, 2, 2}, {3, 1, 6, 12}, 48)));

// Its group is the last argument; a dimension is no tensor, and no bool.
static_assert(cf::collective_op::get_process_group(shard_dim_alltoall, std::tuple{brick{}, 0, 1, g}) == g);
static_assert(!std::is_invocable_v<cf::dtensor::shard_dim_alltoall_t, brick, brick, int, decltype(g)> &&
              !std::is_invocable_v<cf::dtensor::shard_dim_alltoall_t, brick, int, decltype(g)>);

static_assert(!is_a_constant<[] { return shard_dim_alltoall(brick{}, 3, 0, g); }> &&
              !is_a_constant<[] { return shard_dim_alltoall(brick{}, 0, 3, g); }>);
static_assert(!is_a_constant<[] { return shard_dim_alltoall(brick{}, -1, 0, g); }> &&
              !is_a_constant<[] { return shard_dim_alltoall(brick{}, 0, -3, g); }>);
static_assert(!is_a_constant<[] { return shard_dim_alltoall(brick{}, 0, 1, g); }> &&
              !is_a_constant<[] { return shard_dim_alltoall(cf::dynamic_tensor(cf::f32, {}), 0, 0, g); }>);
static_assert(!is_a_constant<[] { return shard_dim_alltoall(cf::dynamic_tensor(cf::u8, {std::size_t{1} << 62, 4}), 0, 1, g); }>);

}  // namespace
