// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;

struct layer {
  t4 w;
  int b;
};

constexpr auto same = [](auto const& a, auto const& b) { return cf::tree_structure(a) == cf::tree_structure(b); };

// A leaf keeps its type and loses its value.
static_assert(std::is_same_v<decltype(cf::tree_structure(7)), cf::structure<cf::leaf_slot<int>>>);
static_assert(
    std::is_same_v<decltype(cf::tree_structure(std::tuple{t4{}, 'x'})), cf::structure<std::tuple<cf::leaf_slot<t4>, cf::leaf_slot<char>>>>);
static_assert(std::is_same_v<decltype(cf::tree_structure(std::vector{1})), cf::structure<std::vector<cf::leaf_slot<int>>>>);
static_assert(std::is_empty_v<decltype(cf::tree_structure(std::tuple{'x', layer{}}))>);

// Nodes stay what they are, whatever their kind.
using choice = std::variant<int, std::tuple<t4, std::optional<char>>>;
using slots = std::variant<cf::leaf_slot<int>, std::tuple<cf::leaf_slot<t4>, std::optional<cf::leaf_slot<char>>>>;
static_assert(std::is_same_v<decltype(cf::tree_structure(std::array{choice{1}, choice{2}})), cf::structure<std::array<slots, 2>>>);
static_assert(
    std::is_same_v<decltype(cf::tree_structure(std::map<int, t4*>{})), cf::structure<std::map<int, std::optional<cf::leaf_slot<t4>>>>>);

// A node with a fixed mapped type keeps its type and its leaves.
struct module {
  t4 w;
  std::vector<module> parts;
};
}  // namespace
template <>
struct commfold::node_traits<module> : commfold::fields<&module::w, &module::parts> {
  using mapped = module;
};
namespace {
static_assert(std::is_same_v<decltype(cf::tree_structure(std::pair{1, module{}})), cf::structure<std::pair<cf::leaf_slot<int>, module>>>);

// tree_map keeps the structure, even where it makes a mapped struct.
static_assert(same(cf::tree_map([](auto const&) { return 'x'; }, layer{}), layer{}));

}  // namespace
