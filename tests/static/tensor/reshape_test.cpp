// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/reshape.hpp>

#include <commfold/tensor/view_functions.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;
using cf::infer;
using cf::size_c;

constexpr cf::tensor<cf::f32, 64, 64> square{};

// A contiguous tensor reshaped is a contiguous tensor.
static_assert(std::is_same_v<decltype(cf::reshape(square, size_c<8>, size_c<512>)), cf::tensor<cf::f32, 8, 512>>);
static_assert(std::is_same_v<decltype(cf::reshape(square, infer, size_c<2>)), cf::tensor<cf::f32, 2048, 2>>);
static_assert(std::is_same_v<decltype(cf::reshape(square, infer)), cf::tensor<cf::f32, 4096>>);
static_assert(std::is_same_v<decltype(cf::reshape(cf::tensor<cf::f32, 1>{})), cf::tensor<cf::f32>>);
static_assert(std::is_same_v<decltype(cf::reshape(cf::tensor<cf::f32>{}, size_c<1>, size_c<1>)), cf::tensor<cf::f32, 1, 1>>);
static_assert(cf::reshape(square, -1, 2).extent(0) == 2048 && cf::reshape(square, 16, infer).extent(1) == 256);
// So too where its extents are dynamic.
constexpr cf::tensor<cf::bf16, dyn, 8192> tokens{10};
static_assert(std::is_same_v<decltype(cf::reshape(tokens, infer, size_c<64>, size_c<128>)), cf::tensor<cf::bf16, dyn, 64, 128>>);
static_assert(cf::reshape(tokens, infer, size_c<64>, size_c<128>).extent(0) == 10);
static_assert(std::is_same_v<decltype(cf::reshape(tokens, size_c<2>, size_c<5>, size_c<8192>)), cf::tensor<cf::bf16, 2, 5, 8192>>);

// A view that can be reshaped in place keeps its storage.
constexpr auto rows = cf::narrow(square, size_c<0>, size_c<0>, size_c<4>);
static_assert(std::is_same_v<decltype(cf::reshape(rows, infer)), cf::view<cf::f32, cf::extents<256>, cf::extents<1>, 16384>>);
constexpr auto columns = cf::narrow(square, size_c<1>, size_c<0>, size_c<4>);
static_assert(std::is_same_v<decltype(cf::reshape(columns, size_c<8>, size_c<8>, size_c<2>, size_c<2>)),
                             cf::view<cf::f32, cf::extents<8, 8, 2, 2>, cf::extents<512, 64, 2, 1>, 16384>>);
// Dimensions of size 1 never stand in the way.
static_assert(std::is_same_v<decltype(cf::reshape(columns, size_c<1>, size_c<64>, size_c<1>, size_c<4>)),
                             cf::view<cf::f32, cf::extents<1, 64, 1, 4>, cf::extents<4096, 64, 4, 1>, 16384>>);
// An expanded dimension splits in place, its strides all 0.
constexpr auto wide = cf::expand(cf::tensor<cf::f32, 3, 1>{}, size_c<3>, size_c<6>);
static_assert(std::is_same_v<decltype(cf::reshape(wide, size_c<3>, size_c<2>, size_c<3>)),
                             cf::view<cf::f32, cf::extents<3, 2, 3>, cf::extents<1, 0, 0>, 12>>);

// One that cannot is copied: a storage of its own, as large as what it shows.
static_assert(std::is_same_v<decltype(cf::reshape(columns, infer)), cf::tensor<cf::f32, 256>>);
static_assert(std::is_same_v<decltype(cf::reshape(cf::transpose(square, size_c<0>, size_c<1>), infer)), cf::tensor<cf::f32, 4096>>);
static_assert(std::is_same_v<decltype(cf::reshape(wide, infer)), cf::tensor<cf::f32, 18>>);

// Where the types cannot tell, the storage is a number, and the right one.
constexpr auto unsure = cf::narrow(tokens, size_c<0>, size_c<0>, size_c<4>);
static_assert(std::is_same_v<decltype(cf::storage_bytes(cf::reshape(cf::narrow(tokens, size_c<1>, size_c<0>, 8192), infer))), std::size_t>);
static_assert(cf::storage_bytes(cf::reshape(cf::narrow(tokens, size_c<1>, size_c<0>, 8192), infer)) == 163'840);
static_assert(cf::storage_bytes(cf::reshape(cf::narrow(tokens, size_c<1>, size_c<0>, 4096), infer)) == 81'920);
static_assert(cf::storage_bytes(cf::reshape(unsure, infer)) == 163'840);

// Nothing has any shape without elements, but no inferred one.
static_assert(std::is_same_v<decltype(cf::reshape(cf::tensor<cf::f32, 0, 5>{}, size_c<7>, size_c<0>)), cf::tensor<cf::f32, 7, 0>>);
static_assert(std::is_same_v<decltype(cf::reshape(cf::tensor<cf::f32, 0, 5>{}, size_c<5>, infer)), cf::tensor<cf::f32, 5, 0>>);

// contiguous: itself where it is, storage and all; else a copy.
static_assert(std::is_same_v<decltype(cf::contiguous(square)), cf::tensor<cf::f32, 64, 64>>);
static_assert(std::is_same_v<decltype(cf::contiguous(rows)), std::remove_const_t<decltype(rows)>>);
static_assert(std::is_same_v<decltype(cf::contiguous(columns)), cf::tensor<cf::f32, 64, 4>>);
static_assert(std::is_same_v<decltype(cf::contiguous(wide)), cf::tensor<cf::f32, 3, 6>>);
static_assert(cf::storage_bytes(cf::contiguous(cf::narrow(tokens, size_c<1>, size_c<0>, 4096))) == 81'920);
static_assert(cf::storage_bytes(cf::contiguous(cf::narrow(tokens, size_c<1>, size_c<0>, 8192))) == 163'840);
static_assert(cf::storage_bytes(cf::contiguous(cf::narrow(tokens, size_c<0>, size_c<0>, 4))) == 163'840);

// Of a tensor known only at run time.
constexpr cf::dynamic_tensor loose(cf::f32, {64, 64});
static_assert(cf::reshape(loose, 8, infer) == cf::dynamic_tensor(cf::f32, {8, 512}));
static_assert(cf::reshape(cf::narrow(loose, 0, 0, 4), -1) == cf::dynamic_tensor(cf::f32, {256}, {1}, 16384));
static_assert(cf::reshape(cf::transpose(loose, 0, 1), -1) == cf::dynamic_tensor(cf::f32, {4096}));
static_assert(cf::contiguous(cf::transpose(loose, 0, 1)) == loose);

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(!is_a_constant<[] { return cf::reshape(square, 63, 65).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(square, -1, 3).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(square, -1, -1).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(square, -2, 64).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(square, -1, 0).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(tokens, size_c<2>, size_c<8192>).rank(); }>);
static_assert(!is_a_constant<[] { return cf::reshape(loose, 7).rank(); }>);

}  // namespace
