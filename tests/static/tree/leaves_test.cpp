// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;

struct layer {
  t4 w;
  std::array<int, 3> steps;
};
struct node {
  vec w;
  std::vector<node> kids;
};

// leaf_count: a constant, or dyn where a count or a choice is known only at run time.
static_assert(cf::leaf_count<int> == 1 && cf::leaf_count<t4 const&> == 1 && cf::leaf_count<std::tuple<>> == 0);
static_assert(cf::leaf_count<std::tuple<int, std::tuple<char, t4>>> == 3 && cf::leaf_count<layer> == 4);
static_assert(cf::leaf_count<std::array<layer, 1000>> == 4000 && cf::leaf_count<std::array<std::tuple<>, 5>> == 0);
static_assert(cf::leaf_count<int[2][3]> == 6 && cf::leaf_count<std::array<int, 0>> == 0);
static_assert(cf::leaf_count<std::vector<int>> == cf::dyn && cf::leaf_count<std::tuple<int, std::optional<int>>> == cf::dyn);
static_assert(cf::leaf_count<std::variant<int, char>> == cf::dyn && cf::leaf_count<node> == cf::dyn && cf::leaf_count<t4*> == cf::dyn);
static_assert(cf::leaf_count<std::array<std::vector<int>, 2>> == cf::dyn);
static_assert(cf::leaf_count<std::array<std::vector<int>, 0>> == 0);

// tree_leaves of a static tree: every leaf with its type, from left to right.
constexpr auto leaves = cf::tree_leaves(std::tuple{1, std::array{std::pair{'a', 2.5}, std::pair{'b', 3.5}}, 4u});
static_assert(std::is_same_v<decltype(leaves), cf::leaf_tuple<int, char, double, char, double, unsigned> const>);
static_assert(get<0>(leaves) == 1 && get<1>(leaves) == 'a' && get<2>(leaves) == 2.5);
static_assert(get<3>(leaves) == 'b' && get<4>(leaves) == 3.5 && get<5>(leaves) == 4u);
static_assert(std::is_same_v<decltype(cf::tree_leaves(std::tuple{})), cf::leaf_tuple<>>);
// Children without leaves take no place.
static_assert(get<0>(cf::tree_leaves(std::tuple{std::tuple{}, std::array<int, 0>{}, 5})) == 5);

// Of a dynamic tree: a vector, of one type or of a variant of the distinct ones.
template <class T>
using row = decltype(cf::tree_leaves(std::declval<T>()));
static_assert(std::is_same_v<row<std::vector<int>>, std::vector<int>> && std::is_same_v<row<std::map<std::string, t4>>, std::vector<t4>>);
static_assert(std::is_same_v<row<std::tuple<int, std::vector<char>, int>>, std::vector<std::variant<int, char>>>);
static_assert(std::is_same_v<row<std::variant<int, std::vector<int>>>, std::vector<int>>);
static_assert(std::is_same_v<row<std::vector<std::tuple<>>>, std::vector<std::monostate>>);
static_assert(std::is_same_v<row<node>, std::vector<vec>>);
constexpr bool a_row() {
  auto const r = cf::tree_leaves(std::tuple{1, std::vector{'a', 'b'}, 2});
  return r.size() == 4 && std::get<int>(r[0]) == 1 && std::get<char>(r[2]) == 'b' && std::get<int>(r[3]) == 2;
}
static_assert(a_row());
constexpr bool of_a_family() {
  node n{vec{1}, {}};
  n.kids.push_back({vec{2}, {}});
  n.kids[0].kids.push_back({vec{3}, {}});
  n.kids.push_back({vec{4}, {}});
  auto const r = cf::tree_leaves(n);
  return r.size() == 4 && r[0].extent(0) == 1 && r[2].extent(0) == 3 && r[3].extent(0) == 4;
}
static_assert(of_a_family());

constexpr bool beside_their_paths() {
  auto const [paths, row] = cf::tree_leaves_with_path(std::tuple{'a', std::array{1, 2}});
  return paths.size() == 3 && paths[1] == "[1][0]" && get<1>(row) == 1 && cf::tree_paths(std::vector<int>{}).empty() &&
         cf::tree_paths(7).size() == 1 && cf::tree_paths(7)[0].empty();
}
static_assert(beside_their_paths());

// A leaf that cannot be assigned is a leaf of a row as well.
struct constant {
  int const n;
};
}  // namespace
template <>
struct commfold::node_traits<constant> : commfold::opaque_leaf {};
namespace {
constexpr int constants() { return cf::tree_leaves(std::vector{constant{1}, constant{2}})[1].n; }
static_assert(constants() == 2);

}  // namespace
