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

struct node {
  vec w;
  std::vector<node> kids;
};

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
using leaves_of = decltype(cf::tree_leaves(std::declval<T>()));
static_assert(std::is_same_v<leaves_of<std::vector<int>>, std::vector<int>> &&
              std::is_same_v<leaves_of<std::map<std::string, t4>>, std::vector<t4>>);
static_assert(std::is_same_v<leaves_of<std::tuple<int, std::vector<char>, int>>, std::vector<std::variant<int, char>>>);
static_assert(std::is_same_v<leaves_of<std::variant<int, std::vector<int>>>, std::vector<int>>);
static_assert(std::is_same_v<leaves_of<std::vector<std::tuple<>>>, std::vector<std::monostate>>);
static_assert(std::is_same_v<leaves_of<node>, std::vector<vec>>);
constexpr bool of_several_types() {
  auto const r = cf::tree_leaves(std::tuple{1, std::vector{'a', 'b'}, 2});
  return r.size() == 4 && std::get<int>(r[0]) == 1 && std::get<char>(r[2]) == 'b' && std::get<int>(r[3]) == 2;
}
static_assert(of_several_types());
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
  auto const both = cf::tree_leaves_with_path(std::tuple{'a', std::array{1, 2}});
  static_assert(std::is_same_v<decltype(both), cf::leaves_with_path<cf::leaf_tuple<char, int, int>> const>);
  auto const& [paths, values] = both;
  return paths.size() == 3 && paths[1] == "[1][0]" && get<1>(values) == 1 && cf::tree_paths(std::vector<int>{}).empty() &&
         cf::tree_paths(7).size() == 1 && cf::tree_paths(7)[0].empty();
}
static_assert(beside_their_paths());

// A leaf that cannot be assigned can be kept in a vector.
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
