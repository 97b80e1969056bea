// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/bytes.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;

// Static in, static out; the dynamic answer is the same number.
static_assert(std::is_same_v<decltype(cf::storage_bytes(cf::tensor<cf::bf16, 4096, 4096>{})), cf::size_constant<33'554'432>>);
static_assert(std::is_same_v<decltype(cf::payload_bytes(cf::tensor<cf::bf16, 4096, 4096>{})), cf::size_constant<33'554'432>>);
static_assert(std::is_same_v<decltype(cf::storage_bytes(cf::tensor<cf::bf16, dyn, 4096>{})), std::size_t>);
static_assert(cf::storage_bytes(cf::tensor<cf::bf16, dyn, 4096>{4096}) == 33'554'432);
static_assert(cf::storage_bytes(cf::dynamic_tensor(cf::bf16, {4096, 4096})) == 33'554'432);

// Through a reference parameter, where a value would not be a constant.
template <class T>
constexpr std::size_t through_reference(T const& t) {
  return decltype(cf::storage_bytes(t))::value;
}
static_assert(through_reference(cf::tensor<cf::c128, 3>{}) == 48);
static_assert(cf::static_storage_bytes<cf::tensor<cf::f32, 3> const&> == 12);

// Rank 0 is one element; a zero extent is legal and weighs nothing, however large the others.
static_assert(cf::payload_bytes(cf::tensor<cf::f64>{}) == 8 && cf::payload_bytes(cf::dynamic_tensor(cf::f64, {})) == 8);
static_assert(cf::payload_bytes(cf::tensor<cf::f32, 0, 5>{}) == 0);
static_assert(cf::payload_bytes(cf::tensor<cf::f32, dyn, (std::size_t{1} << 62), 4>{0}) == 0);
static_assert(cf::payload_bytes(cf::tensor<cf::f32, dyn, dyn, dyn>{std::size_t{1} << 40, std::size_t{1} << 40, 0}) == 0);

// PyTorch starts every row of a packed quantised tensor on a byte: 3 x 3 values of 4 bits are 3 x 2 bytes, not 5.
// An extent of 0 undoes an overflow, before it or behind it.
constexpr std::size_t many = std::size_t{1} << 40;
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, many, many, 0>> == 0);
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, 0, many, many>> == 0);
static_assert(cf::static_payload_bytes<cf::tensor<cf::f32, many, many, cf::dyn>> == cf::dyn);
static_assert(cf::payload_bytes(cf::tensor<cf::dtype::quint4x2, 3, 3>{}) == 6);
static_assert(cf::payload_bytes(cf::tensor<cf::dtype::quint4x2, dyn, 3>{3}) == 6);
static_assert(cf::payload_bytes(cf::dynamic_tensor(cf::dtype::quint4x2, {3, 3})) == 6);
static_assert(cf::payload_bytes(cf::tensor<cf::dtype::quint2x4, 31, 31>{}) == 31 * 8 &&
              cf::payload_bytes(cf::tensor<cf::dtype::quint2x4>{}) == 1);
static_assert(cf::payload_bytes(cf::tensor<cf::u4, 3, 3>{}) == 9 && cf::payload_bytes(cf::tensor<cf::f4e2m1fn_x2, 3, 3>{}) == 9);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn>{(std::size_t{1} << 62) - 1}); }>);
static_assert(!is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn>{std::size_t{1} << 62}); }>);
static_assert(!is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn, (std::size_t{1} << 62)>{1}); }>);

// The other questions.
static_assert(cf::rank_of(cf::tensor<cf::f32, 3, dyn>{2}) == 2 &&
              std::is_same_v<decltype(cf::rank_of(cf::tensor<cf::f32>{})), cf::size_constant<0>>);
static_assert(std::is_same_v<decltype(cf::rank_of(cf::dynamic_tensor())), std::size_t> &&
              cf::rank_of(cf::dynamic_tensor(cf::f32, {1, 2, 3})) == 3);
static_assert(std::is_same_v<decltype(cf::numel(cf::tensor<cf::f32, 3, 4>{})), cf::size_constant<12>>);
static_assert(cf::numel(cf::tensor<cf::f32, dyn>{9}) == 9 && cf::numel(cf::tensor<cf::f32>{}) == 1);
static_assert(cf::extents_of(cf::tensor<cf::f32, dyn, 2>{9}) == cf::extents<9, 2>{});
static_assert(cf::dtype_of_tensor(cf::tensor<cf::i64, dyn>{9}) == cf::i64 && cf::dtype_of_tensor(cf::dynamic_tensor(cf::u8, {})) == cf::u8);

template <class T>
concept has_bytes = requires(T const& t) { cf::storage_bytes(t); };
static_assert(has_bytes<cf::tensor<cf::f32>> && !has_bytes<int> && !has_bytes<cf::extents<3>>);

}  // namespace
