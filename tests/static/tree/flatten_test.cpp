// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using cf::leaf_tuple;

using t4 = cf::tensor<cf::f32, 4>;
using t3 = cf::tensor<cf::f64, 3>;

struct layer {
  t4 w;
  int steps;
  constexpr bool operator==(layer const&) const = default;
};

// A static tree: the leaves are a tuple, and the structure is empty.
constexpr std::tuple tree{1, std::array{2.5, 3.5}, layer{{}, 7}};
constexpr auto flat = cf::tree_flatten(tree);
static_assert(std::is_same_v<decltype(flat.leaves), leaf_tuple<int, double, double, t4, int>>);
static_assert(get<0>(flat.leaves) == 1 && get<2>(flat.leaves) == 3.5 && get<4>(flat.leaves) == 7);
static_assert(cf::tree_unflatten(flat.structure, flat.leaves) == tree);
static_assert(std::is_same_v<decltype(cf::tree_unflatten(flat.structure, flat.leaves)), std::remove_const_t<decltype(tree)>>);

// Other leaves give another tree of the same structure: a `layer` cannot hold them, so it is a mapped_struct.
constexpr auto other = cf::tree_unflatten(flat.structure, leaf_tuple<char, int, int, char, char>{'a', 1, 2, 'b', 'c'});
static_assert(std::is_same_v<decltype(other), std::tuple<char, std::array<int, 2>, cf::mapped_struct<layer, char, char>> const>);
static_assert(std::get<0>(other) == 'a' && std::get<1>(other)[1] == 2 && get<&layer::steps>(std::get<2>(other)) == 'c');

// A leaf alone is a tree.
static_assert(cf::tree_unflatten(cf::tree_structure(5), leaf_tuple<int>{6}) == 6);
static_assert(cf::tree_unflatten(cf::tree_structure(std::tuple{}), leaf_tuple<>{}) == std::tuple{});

// An empty sequence has no leaf to tell its type, so it has the one that was flattened.
constexpr std::tuple<std::array<int, 0>, std::array<std::vector<layer>, 0>, int> nothing{{}, {}, 3};
static_assert(std::is_same_v<decltype(cf::tree_unflatten(cf::tree_structure(nothing), leaf_tuple<char>{'x'})),
                             std::tuple<std::array<int, 0>, std::array<std::vector<layer>, 0>, char>>);
static_assert(std::get<2>(cf::tree_unflatten(cf::tree_structure(nothing), leaf_tuple<int>{3})) == 3);

// A static structure also takes leaves in a vector.
static_assert(cf::tree_unflatten(cf::tree_structure(std::array{1, 2}), std::vector{7, 8}) == std::array{7, 8});

// A dynamic tree: the leaves are a vector, of variants where they have several types.
using dynamic = std::tuple<std::vector<int>, int>;
using mixed = std::tuple<std::vector<int>, double>;
static_assert(std::is_same_v<decltype(cf::tree_flatten(dynamic{}).leaves), std::vector<int>>);
static_assert(std::is_same_v<decltype(cf::tree_flatten(mixed{}).leaves), std::vector<std::variant<int, double>>>);
constexpr bool there_and_back() {
  dynamic const d{{1, 2, 3}, 4};
  auto const [leaves, structure] = cf::tree_flatten(d);
  bool ok = leaves == std::vector{1, 2, 3, 4} && cf::tree_unflatten(structure, leaves) == d;
  ok = ok && cf::tree_unflatten(structure, std::vector{9, 8, 7, 6}) == dynamic{{9, 8, 7}, 6};
  mixed const m{{1, 2}, 2.5};
  auto const [some, shape] = cf::tree_flatten(m);
  return ok && some.size() == 3 && std::get<double>(some[2]) == 2.5 && cf::tree_unflatten(shape, some) == m;
}
static_assert(there_and_back());

constexpr bool with_paths() {
  auto const [paths, leaves, structure] = cf::tree_flatten_with_path(std::tuple{1, std::array{2, 3}});
  return paths.size() == 3 && paths[0] == "[0]" && paths[2] == "[1][1]" && get<2>(leaves) == 3 &&
         cf::tree_unflatten(structure, leaves) == std::tuple{1, std::array{2, 3}};
}
static_assert(with_paths());

// Leaves need no default constructor.
struct no_default {
  int n;
  constexpr explicit no_default(int m) : n(m) {}
};
}  // namespace
template <>
struct commfold::node_traits<no_default> : commfold::opaque_leaf {};
namespace {
constexpr std::tuple without_defaults{no_default{1}, std::array{no_default{2}, no_default{3}}};
constexpr auto put_back = [] {
  auto const [leaves, structure] = cf::tree_flatten(without_defaults);
  return cf::tree_unflatten(structure, leaves);
}();
static_assert(std::get<1>(put_back)[1].n == 3);

}  // namespace
