// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/view_functions.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::size_c;

constexpr cf::tensor<cf::f32, 64, 64> square{};
constexpr cf::tensor<cf::bf16, 2, 3, 4> cube{};

template <class T, std::size_t Payload, std::size_t Storage>
constexpr bool weighs = cf::static_payload_bytes<T> == Payload && cf::static_storage_bytes<T> == Storage;

// narrow: four rows of a 64 x 64 tensor keep the whole of its storage.
constexpr auto rows = cf::narrow(square, size_c<0>, size_c<0>, size_c<4>);
static_assert(weighs<decltype(rows), 1024, 16384> && rows.strides() == cf::extents<64, 1>{});
static_assert(weighs<decltype(cf::narrow(square, size_c<1>, size_c<60>, size_c<4>)), 1024, 16384>);
// Nothing of something still counts the something; one past the end is a legal start of nothing.
static_assert(weighs<decltype(cf::narrow(square, size_c<0>, size_c<64>, size_c<0>)), 0, 16384>);
// A run-time start leaves the type alone, a run-time length makes that extent dynamic, a run-time dimension all of them.
static_assert(std::is_same_v<decltype(cf::narrow(square, size_c<0>, 5, size_c<4>)), std::remove_const_t<decltype(rows)>>);
static_assert(std::is_same_v<decltype(cf::narrow(square, size_c<0>, 5, 4))::extents_type, cf::extents<dyn, 64>>);
static_assert(std::is_same_v<decltype(cf::narrow(square, 0, 5, 4))::extents_type, cf::extents<dyn, dyn>>);
static_assert(cf::payload_bytes(cf::narrow(square, 0, 5, 4)) == 1024 &&
              cf::static_storage_bytes<decltype(cf::narrow(square, 0, 5, 4))> == 16384);
// Negative dimensions and starts count from the end.
static_assert(cf::narrow(square, -1, -4, 4).extents() == cf::extents<64, 4>{});
// A view of a view keeps the first storage.
static_assert(weighs<decltype(cf::narrow(rows, size_c<1>, size_c<8>, size_c<8>)), 128, 16384>);

// select: the dimension disappears.
static_assert(
    std::is_same_v<decltype(cf::select(cube, size_c<1>, size_c<2>)), cf::view<cf::bf16, cf::extents<2, 4>, cf::extents<12, 1>, 48>>);
static_assert(weighs<decltype(cf::select(cube, size_c<0>, 1)), 24, 48>);
static_assert(cf::select(cube, -1, -1).extents() == cf::extents<2, 3>{} && cf::select(cube, -1, -1).strides() == cf::extents<12, 4>{});
static_assert(weighs<decltype(cf::select(cf::tensor<cf::f32, 7>{}, size_c<0>, size_c<6>)), 4, 28>);

// transpose
static_assert(std::is_same_v<decltype(cf::transpose(cube, size_c<0>, size_c<2>)),
                             cf::view<cf::bf16, cf::extents<4, 3, 2>, cf::extents<1, 4, 12>, 48>>);
static_assert(cf::transpose(cube, -1, 0) == cf::transpose(cube, size_c<0>, size_c<2>));
static_assert(weighs<decltype(cf::transpose(cf::tensor<cf::f32>{}, size_c<0>, size_c<0>)), 4, 4>);  // PyTorch lets rank 0 pass

// expand: a stride of 0, and the storage of the base.
constexpr cf::tensor<cf::f32, 3, 1> column{};
constexpr auto wide = cf::expand(column, size_c<2>, size_c<3>, size_c<5>);
static_assert(weighs<decltype(wide), 120, 12> && wide.extents() == cf::extents<2, 3, 5>{} && wide.strides() == cf::extents<0, 1, 0>{});
static_assert(cf::expand(column, cf::infer, size_c<5>).extents() == cf::extents<3, 5>{});
static_assert(cf::expand(column, -1, 5).extents() == cf::extents<3, 5>{} && cf::expand(column, 3, 0).extents() == cf::extents<3, 0>{});
static_assert(weighs<decltype(cf::expand(cf::tensor<cf::f64>{}, size_c<4>, size_c<2>)), 64, 8>);
static_assert(cf::storage_bytes(cf::expand(column, 3, 1000)) == 12 && cf::payload_bytes(cf::expand(column, 3, 1000)) == 12000);

// Of a dynamic tensor: the static extents survive, and the storage is a number.
constexpr cf::tensor<cf::bf16, dyn, 8192> tokens{10};
static_assert(std::is_same_v<decltype(cf::narrow(tokens, size_c<0>, size_c<0>, size_c<4>))::extents_type, cf::extents<4, 8192>>);
static_assert(cf::storage_bytes(cf::narrow(tokens, size_c<0>, size_c<0>, size_c<4>)) == 163'840);
static_assert(cf::payload_bytes(cf::narrow(tokens, size_c<0>, size_c<0>, size_c<4>)) == 65'536);
static_assert(cf::static_payload_bytes<decltype(cf::narrow(tokens, size_c<0>, size_c<0>, size_c<4>))> == 65'536);

// Of a tensor known only at run time.
constexpr cf::dynamic_tensor loose(cf::bf16, {2, 3, 4});
static_assert(std::is_same_v<decltype(cf::narrow(loose, 0, 0, 1)), cf::dynamic_tensor>);
static_assert(cf::transpose(loose, 0, 2) == cf::dynamic_tensor(cf::bf16, {4, 3, 2}, {1, 4, 12}, 48));
static_assert(cf::select(loose, 1, 2) == cf::dynamic_tensor(cf::select(cube, size_c<1>, size_c<2>)));
static_assert(cf::expand(cf::dynamic_tensor(column), 2, 3, 5) == cf::dynamic_tensor(wide));

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(is_a_constant<[] { return cf::narrow(square, 0, 60, 4).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(square, 0, 61, 4).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(square, 2, 0, 4).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(square, -3, 0, 4).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(square, 0, -65, 4).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(square, 0, 0, -1).rank(); }>);
static_assert(!is_a_constant<[] { return cf::narrow(tokens, size_c<0>, size_c<8>, size_c<4>).rank(); }>);
static_assert(!is_a_constant<[] { return cf::select(square, 0, 64).rank(); }>);
static_assert(!is_a_constant<[] { return cf::select(cf::tensor<cf::f32, dyn>{0}, 0, 0).rank(); }>);
static_assert(!is_a_constant<[] { return cf::transpose(square, 0, 2).rank(); }>);
static_assert(!is_a_constant<[] { return cf::expand(square, 64, 65).rank(); }>);
static_assert(!is_a_constant<[] { return cf::expand(square, -1, 64, 64).rank(); }>);
static_assert(!is_a_constant<[] { return cf::expand(column, 3, -2).rank(); }>);

template <class... T>
concept can_narrow = requires(T... t) { cf::narrow(t...); };
static_assert(can_narrow<cf::tensor<cf::f32, 4>, int, int, int> && !can_narrow<int, int, int, int> &&
              !can_narrow<cf::tensor<cf::f32, 4>, int, int>);

}  // namespace
