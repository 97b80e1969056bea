// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/dynamic_tensor.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;

constexpr cf::dynamic_tensor t(cf::bf16, {2, 3, 4});
static_assert(t.dtype() == cf::bf16 && t.rank() == 3 && t.extent(2) == 4 && t.numel() == 24 && t.storage_bytes() == 48);
static_assert(t.strides() == cf::dynamic_extents{12, 4, 1} && t.extents() == cf::extents<2, 3, 4>{});
static_assert(cf::storage_bytes(t) == 48 && cf::payload_bytes(t) == 48 && cf::numel(t) == 24);
static_assert(std::is_trivially_copyable_v<cf::dynamic_tensor> && cf::declared_tensor<cf::dynamic_tensor>);
static_assert(!cf::static_rank_tensor<cf::dynamic_tensor> && cf::static_storage_bytes<cf::dynamic_tensor> == cf::dyn);

// PyTorch's contiguous strides count a size of zero as one.
static_assert(cf::dynamic_tensor(cf::f32, {2, 0, 3}).strides() == cf::dynamic_extents{3, 3, 1});
static_assert(cf::dynamic_tensor(cf::f32, {2, 0, 3}).storage_bytes() == 0);
static_assert(cf::dynamic_tensor(cf::f32, {}).storage_bytes() == 4 && cf::dynamic_tensor().numel() == 1);

// A view as a trace writes it down.
constexpr cf::dynamic_tensor slice(cf::f32, {4}, {1}, 16384);
static_assert(cf::payload_bytes(slice) == 16 && cf::storage_bytes(slice) == 16384);

// Any tensor converts, and a view brings its strides and its storage along.
static_assert(std::is_convertible_v<cf::tensor<cf::f32, 3>, cf::dynamic_tensor> && !std::is_constructible_v<cf::dynamic_tensor, int>);
static_assert(cf::dynamic_tensor(cf::tensor<cf::bf16, 2, cf::dyn, 4>{3}) == t);
static_assert(cf::dynamic_tensor(cf::select(cf::tensor<cf::bf16, 2, 3, 4>{}, cf::size_c<1>, cf::size_c<0>)) ==
              cf::dynamic_tensor(cf::bf16, {2, 4}, {12, 1}, 48));
static_assert(t != cf::dynamic_tensor(cf::f16, {2, 3, 4}) && t != cf::dynamic_tensor(cf::bf16, {2, 3, 4}, {12, 4, 1}, 50));

// The largest number is one: bytes that fit are right, others are refused, and a size of zero makes zero of all.
constexpr std::size_t most = static_cast<std::size_t>(-1);
static_assert(cf::dynamic_tensor(cf::u8, {most}).storage_bytes() == most && cf::dynamic_tensor(cf::u8, {most}).extent(0) == most);
static_assert(cf::dynamic_tensor(cf::f32, {most, 0}).storage_bytes() == 0 && cf::dynamic_tensor(cf::f32, {0, most}).storage_bytes() == 0);
static_assert(cf::dynamic_tensor(cf::f32, {most, 0}).strides() == cf::dynamic_extents{1, 1} &&
              cf::dynamic_tensor(cf::f32, {0, most}).strides() == cf::dynamic_extents{most, 1});
static_assert(cf::storage_bytes(cf::tensor<cf::f32, cf::dyn, cf::dyn>{most, 0}) == 0 &&
              cf::storage_bytes(cf::tensor<cf::u8, cf::dyn>{most}) == most);
static_assert(cf::dynamic_tensor(cf::tensor<cf::u8, cf::dyn>{most}) == cf::dynamic_tensor(cf::u8, {most}));
// Two strides of a tensor without elements, one of which does not fit: it has bytes, none, and no such strides.
constexpr cf::dynamic_tensor empty(cf::f32, {0, most, 2});
static_assert(empty.storage_bytes() == 0 && empty.extent(1) == most && empty == cf::dynamic_tensor(empty));
static_assert(cf::dynamic_tensor(cf::tensor<cf::f32, cf::dyn, cf::dyn, 2>{0, most}) == empty &&
              empty != cf::dynamic_tensor(cf::f32, {0, 1, 2}));

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {std::size_t{1} << 62}).rank(); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {2, 3}, {1}, 24).rank(); }>);
static_assert(!is_a_constant<[] { return t.extent(3); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {most}); }> &&
              !is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {most, 2}); }> &&
              !is_a_constant<[] { return cf::dynamic_tensor(cf::u8, {2, most}); }> && !is_a_constant<[] { return empty.strides(); }>);
// Sizes of any integer type, and none negative: a conversion in braces would make a very large number of -1, with a warning at most.
static_assert(is_a_constant<[] { return cf::dynamic_tensor(cf::u8, {int{4}, 2L, 3u, cf::size_c<2>}); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::u8, {-1}); }> &&
              !is_a_constant<[] { return cf::dynamic_extents{2, -1L}; }> &&
              !is_a_constant<[] { return cf::dynamic_tensor(cf::u8, {4}, {1}, -1); }>);

}  // namespace
