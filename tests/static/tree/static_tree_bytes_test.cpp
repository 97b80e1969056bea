// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/static_tree_bytes.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using f32x4 = cf::tensor<cf::f32, 4>;      // 16 bytes
using vec = cf::tensor<cf::f32, cf::dyn>;  // 4 an element

// All of the bytes, where the type tells them.
static_assert(cf::static_tree<f32x4> && cf::static_tree<f32x4 const&> && !cf::static_tree<vec&>);
static_assert(cf::static_tree_bytes<vec> == cf::dyn && cf::static_tree_bytes<std::tuple<f32x4, int>> == 16);
static_assert(cf::static_tree_bytes<std::array<std::tuple<f32x4, int>, 3> const> == 48 && cf::static_tree_bytes<std::vector<int>> == 0);
static_assert(cf::static_tree_bytes<std::vector<f32x4>> == cf::dyn && cf::static_tree_bytes<std::variant<int, f32x4>> == cf::dyn);

// A static size that does not fit std::size_t is told apart from one that is not known.
using huge = cf::tensor<cf::u8, (std::size_t{1} << 62)>;
static_assert(cf::static_tree_bytes<std::tuple<huge, huge, huge, huge>> == cf::detail::too_many_bytes);
static_assert(cf::static_tree_bytes<std::array<huge, 4>> == cf::detail::too_many_bytes);
static_assert(cf::static_tree_bytes<std::tuple<std::array<huge, 4>, f32x4>> == cf::detail::too_many_bytes);
static_assert(cf::static_tree_bytes<std::tuple<std::array<huge, 4>, vec>> == cf::dyn);

// The static part of a tree that has dynamic leaves: none below a count or a choice that is not known.
using cf::detail::static_part;
static_assert(static_part<std::tuple<f32x4, vec, std::array<std::pair<vec, f32x4>, 2>>> == 16 + 32);
static_assert(static_part<std::tuple<f32x4, std::vector<f32x4>, std::optional<f32x4>>> == 16);
static_assert(static_part<std::tuple<f32x4, int>> == 16 && static_part<vec> == 0);

}  // namespace
