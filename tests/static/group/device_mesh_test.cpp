// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/device_mesh.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <type_traits>

namespace {
namespace cf = commfold;
using dp = cf::process_group<"dp", 2>;
using tp = cf::process_group<"tp", 4>;

constexpr cf::device_mesh mesh{dp{}, tp{}};
static_assert(std::is_same_v<decltype(mesh), cf::device_mesh<dp, tp> const> && std::is_empty_v<cf::device_mesh<dp, tp>>);
static_assert(std::is_same_v<decltype(mesh.size), cf::size_constant<8>> && mesh.size == 8 && mesh.rank() == 2);
static_assert(mesh.names() == std::array<std::string_view, 2>{"dp", "tp"} && mesh.shape() == std::array<std::size_t, 2>{2, 4});
static_assert(std::is_same_v<decltype(mesh.group<"dp">()), dp> && std::is_same_v<decltype(mesh.group<"tp">()), tp>);

constexpr bool are(std::vector<std::size_t> const& ranks, std::initializer_list<std::size_t> expected) {
  return std::ranges::equal(ranks, expected);
}

// Row-major: the last axis varies fastest, so a row is
//   0 1 2 3
//   4 5 6 7
static_assert(are(mesh.ranks_of<"tp">(0), {0, 1, 2, 3}) && are(mesh.ranks_of<"tp">(6), {4, 5, 6, 7}));
static_assert(are(mesh.ranks_of<"dp">(0), {0, 4}) && are(mesh.ranks_of<"dp">(5), {1, 5}) && are(mesh.ranks_of<"dp">(3), {3, 7}));
static_assert(mesh.coordinates(6u) == mesh.coordinates(cf::size_c<6>) && are(mesh.ranks_of<"dp">(cf::size_c<5>), {1, 5}));
static_assert(mesh.coordinates(6) == std::array<std::size_t, 2>{1, 2} && mesh.rank_at({1, 2}) == 6);

// Three axes of two ranks each, by hand:
//   rank       0    1    2    3    4    5    6    7
//   pp dp tp  000  001  010  011  100  101  110  111
constexpr cf::device_mesh cube{cf::process_group<"pp", 2>{}, cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}};
static_assert(cube.size == 8 && cube.rank() == 3);
static_assert(cube.coordinates(0) == std::array<std::size_t, 3>{0, 0, 0} && cube.coordinates(3) == std::array<std::size_t, 3>{0, 1, 1});
static_assert(cube.coordinates(4) == std::array<std::size_t, 3>{1, 0, 0} && cube.coordinates(6) == std::array<std::size_t, 3>{1, 1, 0});
static_assert(cube.rank_at({0, 1, 0}) == 2 && cube.rank_at({1, 0, 1}) == 5 && cube.rank_at({1, 1, 1}) == 7);
static_assert(are(cube.ranks_of<"tp">(5), {4, 5}) && are(cube.ranks_of<"dp">(5), {5, 7}) && are(cube.ranks_of<"pp">(5), {1, 5}));
static_assert(are(cube.ranks_of<"tp">(2), {2, 3}) && are(cube.ranks_of<"dp">(2), {0, 2}) && are(cube.ranks_of<"pp">(2), {2, 6}));

// Axes of three lengths: a wrong stride shows where 2 x 2 x 2 would hide it. Strides are 20, 5, 1.
constexpr cf::device_mesh box{cf::process_group<"a", 3>{}, cf::process_group<"b", 4>{}, cf::process_group<"c", 5>{}};
static_assert(box.size == 60 && box.rank_at({2, 3, 4}) == 59 && box.rank_at({1, 2, 3}) == 33);
static_assert(box.coordinates(33) == std::array<std::size_t, 3>{1, 2, 3} && box.coordinates(59) == std::array<std::size_t, 3>{2, 3, 4});
static_assert(are(box.ranks_of<"a">(33), {13, 33, 53}) && are(box.ranks_of<"b">(33), {23, 28, 33, 38}));
static_assert(are(box.ranks_of<"c">(33), {30, 31, 32, 33, 34}));

// A slice has the axes in the order asked for; flattened it is one group.
static_assert(std::is_same_v<decltype(box.slice<"a", "c">()), cf::device_mesh<cf::process_group<"a", 3>, cf::process_group<"c", 5>>>);
static_assert(box.slice<"c", "a">().shape() == std::array<std::size_t, 2>{5, 3} && box.slice<"c", "a">().rank_at({1, 0}) == 3);
static_assert(box.slice<"b">().rank() == 1 && box.slice<"b">().group<"b">() == cf::process_group<"b", 4>{});
static_assert(std::is_same_v<decltype(box.flatten<"world">()), cf::process_group<"world", 60>>);
static_assert(std::is_same_v<decltype(box.slice<"a", "c">().flatten<"ac">()), cf::process_group<"ac", 15>>);

// One axis known at run time: the size is a number, the static axes stay static.
constexpr cf::device_mesh mixed{cf::process_group<"dp">{3}, tp{}};
static_assert(std::is_same_v<decltype(mixed.size), std::size_t> && mixed.size == 12);
static_assert(std::is_same_v<decltype(mixed.group<"tp">()), tp> && mixed.group<"dp">().size == 3);
static_assert(mixed.shape() == std::array<std::size_t, 2>{3, 4} && are(mixed.ranks_of<"dp">(6), {2, 6, 10}));
static_assert(std::is_same_v<decltype(mixed.flatten<"world">()), cf::process_group<"world">> && mixed.flatten<"world">().size == 12);
static_assert(std::is_same_v<decltype(mixed.slice<"tp">().size), cf::size_constant<4>>);

// One axis, and an axis of one rank.
static_assert(cf::device_mesh{tp{}}.size == 4 && cf::device_mesh{tp{}}.coordinates(3) == std::array<std::size_t, 1>{3});
constexpr cf::device_mesh thin{cf::process_group<"one", 1>{}, tp{}};
static_assert(thin.size == 4 && are(thin.ranks_of<"one">(2), {2}) && are(thin.ranks_of<"tp">(2), {0, 1, 2, 3}));

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return mesh.coordinates(7)[0]; }> && !is_a_constant<[] { return mesh.coordinates(8)[0]; }>);
static_assert(is_a_constant<[] { return mesh.rank_at({1, 3}); }> && !is_a_constant<[] { return mesh.rank_at({1, 4}); }>);
static_assert(!is_a_constant<[] { return mesh.rank_at({2, 0}); }> && !is_a_constant<[] { return mesh.ranks_of<"dp">(8)[0]; }>);

}  // namespace
