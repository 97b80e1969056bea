// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/walk.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace {
namespace cf = commfold;
using namespace commfold::detail::walks;
using commfold::detail::no_path, commfold::detail::path_link;

// What is called at a child: the function, the path to the child, the child, and the children of the others at its place.
constexpr auto call = [](auto& f, auto const& path, auto&... children) { return f(path, children...); };
constexpr auto add_at_one = [](path_link const& path, auto... children) { return path.whole() == "[1]" ? (children + ...) : -1; };
constexpr std::tuple leading{1, 2};
constexpr std::pair other{10, 20};
constexpr bool walks_a_child() {
  path_link const root;
  return walk_child<1, int>(call, add_at_one, root, leading, other) == 22;
}
static_assert(walks_a_child());

constexpr auto add = [](path_link const&, auto... children) { return (children + ...); };
using choice = std::variant<int, int>;
constexpr choice first{std::in_place_index<1>, 5}, second{std::in_place_index<1>, 6};
static_assert(walk_alternative<1>(call, add, path_link{}, first, second) == 11);

// A leaf of a choice whose leaves are interchangeable is called with what the others have at the place of the choice.
struct either {
  choice held;
};
}  // namespace
template <>
struct commfold::node_traits<either> : commfold::node_traits<choice> {
  using mapped = either;
  static constexpr std::size_t index(either const& node) { return node.held.index(); }
  template <std::size_t I>
  static constexpr auto& child(either const& node) {
    return std::get<I>(node.held);
  }
};
namespace {
constexpr either one_of_two{first};
constexpr int seven = 7;
static_assert(walk_alternative<1>(call, add, path_link{}, one_of_two, seven) == 12);

// Without a path and other trees, and only then, a walk asks for nothing but children.
static_assert(walks_alone<no_path> && !walks_alone<path_link> && !walks_alone<no_path, int>);

// A sequence follows in order.
constexpr bool follows() {
  std::array const elements{1, 2}, others{10, 20};
  follower<std::array<int, 2> const> following(others);
  bool const same = following.child<decltype(elements)>(path_link{}, elements[0]) == 10;
  following.advance();
  return same && following.child<decltype(elements)>(path_link{}, elements[1]) == 20;
}
static_assert(follows());

}  // namespace
