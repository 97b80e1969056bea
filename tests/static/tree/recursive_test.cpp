// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;

struct layer {
  t4 w, b;
};
struct node {
  t4 w;
  std::vector<node> kids;
};

// Types that hold themselves, directly or through others.
struct list {
  t4 w;
  std::unique_ptr<list> next;
};
struct expression {
  std::variant<t4, std::vector<expression>> held;
};
struct inner;
struct outer {
  std::map<std::string, inner> m;
};
struct inner {
  std::vector<outer> o;
};
static_assert(!cf::mappable_tree<node> && !cf::mappable_tree<list> && !cf::mappable_tree<expression> && !cf::mappable_tree<outer const&>);
static_assert(!cf::mappable_tree<std::tuple<int, std::vector<node>>>);
static_assert(cf::mappable_tree<layer> && cf::mappable_tree<t4> && cf::mappable_tree<std::tuple<layer, std::vector<layer>, layer>>);
static_assert(cf::mappable_tree<std::vector<std::vector<layer>>>);

// Types that name what they map to. Of two that hold each other, one is enough.
struct named {
  t4 w;
  std::vector<named> kids;
};
struct half;
struct other_half {
  std::vector<half> h;
};
struct half {
  std::map<std::string, other_half> o;
};
// Every way round needs one: of the two here only the first has it.
struct two_ways {
  std::vector<named> n;
  std::vector<two_ways> t;
};

}  // namespace

template <>
struct commfold::node_traits<named> : commfold::fields<&named::w, &named::kids> {
  using mapped = named;
};
template <>
struct commfold::node_traits<half> : commfold::fields<&half::o> {
  using mapped = half;
};

namespace {

static_assert(cf::mappable_tree<named> && cf::mappable_tree<std::tuple<named, int> const&>);
static_assert(cf::mappable_tree<half> && cf::mappable_tree<other_half>);
static_assert(!cf::mappable_tree<two_ways> && !cf::mappable_tree<std::tuple<named, node>>);

// Such a type maps to the type that it names, wherever it stands in the tree; nodes around it map as they always do.
constexpr auto identity = [](auto const& leaf) { return leaf; };
template <class T>
using image_of = decltype(cf::tree_map(identity, std::declval<T const&>()));
static_assert(std::is_same_v<image_of<named>, named> && std::is_same_v<image_of<std::vector<named>>, std::vector<named>>);
static_assert(std::is_same_v<image_of<half>, half> && std::is_same_v<image_of<other_half>, other_half>);
static_assert(std::is_same_v<image_of<std::tuple<std::map<int, half>, int>>, std::tuple<std::map<int, half>, int>>);

// In a structure the leaves below such a type stay; leaves around it become slots.
template <class T>
using shape_of = decltype(cf::tree_structure(std::declval<T const&>()).shape);
static_assert(std::is_same_v<shape_of<named>, named>);
static_assert(std::is_same_v<shape_of<std::tuple<int, std::vector<named>>>, std::tuple<cf::leaf_slot<int>, std::vector<named>>>);

}  // namespace
