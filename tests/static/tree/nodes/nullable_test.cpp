// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;  // 16 bytes
using vec = cf::tensor<cf::f32, cf::dyn>;

// None or one child; null weighs nothing.
constexpr t4 there;
static_assert(cf::sum_tensors(std::optional<t4>{}) == 0 && cf::sum_tensors(std::optional{t4{}}) == 16);
static_assert(cf::sum_tensors(&there) == 16 && cf::sum_tensors(static_cast<t4*>(nullptr)) == 0);
static_assert(cf::sum_tensors(std::array<t4 const*, 3>{&there, nullptr, &there}) == 32);
constexpr std::optional<std::optional<vec>> two_deep{std::optional{vec{5}}};
static_assert(cf::sum_tensors(two_deep) == 20 && cf::sum_tensors(std::optional{std::optional<vec>{}}) == 0);

static_assert(std::is_same_v<cf::node_traits<std::shared_ptr<t4 const>>::element, t4>);
static_assert(std::is_same_v<cf::node_traits<std::unique_ptr<vec>>::element, vec> &&
              std::is_same_v<cf::node_traits<t4 const*>::element, t4>);

// A pointer to neither a node nor a tensor is a leaf, as handles are.
constexpr char const* name = "w";
static_assert(cf::leaf_count<char const*> == 1 && cf::tree_map([](char const* s) { return *s; }, name) == 'w');
static_assert(cf::leaf_count<void*> == 1 && cf::leaf_count<int*> == 1 && cf::leaf_count<int (*)(int)> == 1);
static_assert(cf::kind_of<t4**> == cf::node_kind::sequence && cf::kind_of<char const**> == cf::node_kind::opaque);

// Null maps to null, and a child to a child. A raw pointer, which owns nothing, maps to an optional.
constexpr auto rank = [](auto const& t) { return t.rank(); };
static_assert(cf::tree_map(rank, &there) == std::optional<std::size_t>{1});
static_assert(cf::tree_map(rank, static_cast<t4 const*>(nullptr)) == std::nullopt);
static_assert(cf::tree_map(rank, std::optional{vec{3}}) == std::optional<std::size_t>{1} &&
              cf::tree_map(rank, std::optional<vec>{}) == std::nullopt);

}  // namespace
