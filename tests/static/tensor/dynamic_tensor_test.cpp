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

template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {std::size_t{1} << 62}).rank(); }>);
static_assert(!is_a_constant<[] { return cf::dynamic_tensor(cf::f32, {2, 3}, {1}, 24).rank(); }>);
static_assert(!is_a_constant<[] { return t.extent(3); }>);

}  // namespace
