// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/storage_bytes.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::dyn;

// Static in, static out; the dynamic answer is the same number.
static_assert(std::is_same_v<decltype(cf::storage_bytes(cf::tensor<cf::bf16, 4096, 4096>{})), cf::size_constant<33'554'432>>);
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

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn>{(std::size_t{1} << 62) - 1}); }>);
static_assert(!is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn>{std::size_t{1} << 62}); }>);
static_assert(!is_a_constant<[] { return cf::storage_bytes(cf::tensor<cf::f32, dyn, (std::size_t{1} << 62)>{1}); }>);

template <class T>
concept has_bytes = requires(T const& t) { cf::storage_bytes(t); };
static_assert(has_bytes<cf::tensor<cf::f32>> && !has_bytes<int> && !has_bytes<cf::extents<3>>);

}  // namespace
