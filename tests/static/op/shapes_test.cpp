// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/shapes.hpp>

#include <commfold/tensor/view_functions.hpp>

#include <cstddef>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;

struct row {
  COMMFOLD_OPERATOR("test::row");
};

template <std::size_t Extent, std::size_t Ranks>
constexpr bool uneven = cf::detail::known_uneven<cf::tensor<cf::f32, Extent>, cf::size_constant<Ranks>>();
static_assert(!uneven<8, 4> && !uneven<0, 4> && !uneven<5, 1>);
static_assert(uneven<9, 4> && uneven<2, 4> && uneven<8, 0>);

template <class Expected>
constexpr bool is(auto const& t, Expected const& expected) {
  return std::is_same_v<std::remove_cvref_t<decltype(t)>, Expected> && t == expected;
}
using matrix = cf::tensor<cf::bf16, 6, 10>;

// Dimension 0 is static exactly when it and the number of ranks are; the others stay what they were.
static_assert(is(cf::detail::gathered<row>(matrix{}, size_c<4>), cf::tensor<cf::bf16, 24, 10>{}));
static_assert(is(cf::detail::gathered<row>(matrix{}, 4), cf::tensor<cf::bf16, dyn, 10>{24}));
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::bf16, dyn, 10>{6}, size_c<4>), cf::tensor<cf::bf16, dyn, 10>{24}));
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::bf16, 6, dyn>{10}, size_c<4>), cf::tensor<cf::bf16, 24, dyn>{10}));
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::bf16, 6, dyn>{10}, 4), cf::tensor<cf::bf16, dyn, dyn>{24, 10}));
static_assert(is(cf::detail::gathered<row>(cf::dynamic_tensor(cf::u8, {6, 10}), size_c<4>), cf::dynamic_tensor(cf::u8, {24, 10})));

static_assert(is(cf::detail::scattered<row>(matrix{}, size_c<3>), cf::tensor<cf::bf16, 2, 10>{}));
static_assert(is(cf::detail::scattered<row>(matrix{}, 3), cf::tensor<cf::bf16, dyn, 10>{2}));
static_assert(is(cf::detail::scattered<row>(cf::tensor<cf::bf16, dyn, 10>{6}, size_c<3>), cf::tensor<cf::bf16, dyn, 10>{2}));
static_assert(is(cf::detail::scattered<row>(cf::tensor<cf::bf16, 6, dyn>{10}, size_c<3>), cf::tensor<cf::bf16, 2, dyn>{10}));
static_assert(is(cf::detail::scattered<row>(cf::dynamic_tensor(cf::u8, {6, 10}), 3), cf::dynamic_tensor(cf::u8, {2, 10})));

// torch.ops._c10d_functional.all_gather_into_tensor of a 0-d tensor over 4 ranks is a vector of 4.
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::f32>{}, size_c<4>), cf::tensor<cf::f32, 4>{}));
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::f32>{}, 4), cf::tensor<cf::f32, dyn>{4}));
static_assert(is(cf::detail::gathered<row>(cf::dynamic_tensor(cf::f32, {}), size_c<4>), cf::dynamic_tensor(cf::f32, {4})));

// Nothing times anything is nothing, and nothing is split evenly.
static_assert(is(cf::detail::gathered<row>(cf::tensor<cf::f32, 0, 3>{}, size_c<4>), cf::tensor<cf::f32, 0, 3>{}));
static_assert(is(cf::detail::scattered<row>(cf::tensor<cf::f32, 0, 3>{}, size_c<4>), cf::tensor<cf::f32, 0, 3>{}));

// What comes back is fresh and contiguous: 16 x 16 of a 64 x 64 is 1024 B of its own, not a window on 16384 B.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<8>, size_c<16>), size_c<1>, size_c<8>, size_c<16>);
static_assert(cf::storage_bytes(window) == 16384 && cf::payload_bytes(window) == 1024);
static_assert(is(cf::detail::same_shape::of(window), cf::tensor<cf::f32, 16, 16>{}));
static_assert(is(cf::detail::gathered<row>(window, size_c<2>), cf::tensor<cf::f32, 32, 16>{}));
static_assert(is(cf::detail::scattered<row>(window, size_c<2>), cf::tensor<cf::f32, 8, 16>{}));
static_assert(is(cf::detail::same_shape::of(cf::dynamic_tensor(window)), cf::dynamic_tensor(cf::f32, {16, 16})));
static_assert(is(cf::detail::gathered<row>(cf::dynamic_tensor(window), 2), cf::dynamic_tensor(cf::f32, {32, 16})));

static_assert(is(cf::detail::resized(matrix{}, 7), cf::tensor<cf::bf16, dyn, 10>{7}));
static_assert(is(cf::detail::resized(cf::dynamic_tensor(cf::u8, {6, 10}), 0), cf::dynamic_tensor(cf::u8, {0, 10})));
static_assert(is(cf::detail::resized(cf::tensor<cf::u8>{}, 7), cf::tensor<cf::u8>{}));

// A inconvertible that speaks mdspan, with a signed index type and one extent of its own.
struct inconvertible {
  using element_type = float;
  struct extents_type {
    using rank_type = std::size_t;
    int rows;
    static constexpr std::size_t rank() { return 2; }
    static constexpr std::size_t static_extent(std::size_t r) { return r == 0 ? dyn : 3; }
    constexpr int extent(std::size_t r) const { return r == 0 ? rows : 3; }
  };
  int rows;
  constexpr extents_type extents() const { return {rows}; }
};
static_assert(is(cf::detail::same_shape::of(inconvertible{8}), cf::tensor<cf::f32, dyn, 3>{8}));
static_assert(is(cf::detail::gathered<row>(inconvertible{8}, size_c<2>), cf::tensor<cf::f32, dyn, 3>{16}));
static_assert(is(cf::detail::scattered<row>(inconvertible{8}, size_c<2>), cf::tensor<cf::f32, dyn, 3>{4}));

// What the types alone refuse, and what only the values can.
using two = cf::size_constant<2>;
static_assert(cf::detail::known_uneven<cf::tensor<cf::f32, 5>, two>() && !cf::detail::known_uneven<cf::tensor<cf::f32, 6>, two>());
static_assert(!cf::detail::known_uneven<cf::tensor<cf::f32, 5>, std::size_t>() &&
              !cf::detail::known_uneven<cf::tensor<cf::f32, dyn>, two>());
static_assert(!cf::detail::known_uneven<cf::dynamic_tensor, two>() && !cf::detail::known_uneven<cf::tensor<cf::f32>, two>());
static_assert(cf::detail::known_uneven<cf::tensor<cf::f32, 5>, cf::size_constant<0>>());
static_assert(cf::detail::known_scalar<cf::tensor<cf::f32>>() && !cf::detail::known_scalar<cf::tensor<cf::f32, 1>>());
static_assert(!cf::detail::known_scalar<cf::dynamic_tensor>());

static_assert(cf::detail::may_divide<cf::tensor<cf::f32, 6>, two> && !cf::detail::may_divide<cf::tensor<cf::f32, 5>, two> &&
              !cf::detail::may_divide<cf::tensor<cf::f32>, two> && cf::detail::may_divide<cf::dynamic_tensor, two>);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
static_assert(is_a_constant<[] { return cf::detail::scattered<row>(cf::tensor<cf::f32, dyn>{6}, 2).extent(0) == 3; }>);
static_assert(!is_a_constant<[] { return cf::detail::scattered<row>(cf::tensor<cf::f32, dyn>{5}, 2).extent(0) == 2; }>);
static_assert(!is_a_constant<[] { return cf::detail::scattered<row>(cf::tensor<cf::f32, dyn>{5}, 0).extent(0) == 2; }>);
static_assert(!is_a_constant<[] { return cf::detail::scattered<row>(cf::dynamic_tensor(cf::f32, {}), 1).rank() == 0; }>);
static_assert(!is_a_constant<[] { return cf::detail::gathered<row>(cf::tensor<cf::u8, dyn>{std::size_t{1} << 63}, 2).extent(0) == 0; }>);

}  // namespace
