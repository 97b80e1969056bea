// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using cf::differs_at, cf::no_difference, cf::each;

using t4 = cf::tensor<cf::f32, 4>;

template <class A, class B, class Expected>
inline constexpr bool differ = std::is_same_v<cf::first_difference<A, B>, Expected>;

struct layer {
  t4 w, b;
};
struct renamed {
  t4 w, c;
};
struct longer {
  t4 w, b, c;
};
struct node {
  t4 w;
  std::vector<node> kids;
};

// The types of leaves do not matter; where the first has a leaf, the other may have anything.
static_assert(differ<int, double, no_difference> && differ<t4, std::tuple<int, int>, no_difference>);
static_assert(differ<std::tuple<int, int>, std::tuple<char, std::vector<int>>, no_difference>);
// But not the other way round.
static_assert(differ<std::tuple<int, int>, int, differs_at<>> &&
              differ<std::tuple<int, std::tuple<int>>, std::tuple<int, int>, differs_at<1>>);

// The first difference, by the positions that lead to it.
static_assert(
    differ<std::tuple<int, std::tuple<int, std::tuple<int, int>>>, std::tuple<int, std::tuple<int, std::tuple<int>>>, differs_at<1, 1>>);
static_assert(differ<std::tuple<std::tuple<int>, std::tuple<int>>, std::tuple<std::tuple<>, int>, differs_at<0>>);
static_assert(differ<std::tuple<int, int>, std::tuple<int>, differs_at<>>);
static_assert(differ<std::vector<std::tuple<int, int>>, std::vector<std::tuple<int>>, differs_at<each>>);
static_assert(differ<std::tuple<char, std::vector<std::array<std::tuple<int>, 2>>>, std::tuple<char, std::vector<std::array<int, 2>>>,
                     differs_at<1, each, each>>);

// Sequences go with sequences, products with products, choices with choices.
static_assert(differ<std::vector<int>, std::array<int, 3>, no_difference> && differ<std::optional<int>, t4*, no_difference>);
static_assert(differ<std::map<int, int>, std::unordered_map<int, char>, no_difference> &&
              differ<std::map<int, int>, std::vector<int>, no_difference>);
static_assert(differ<std::pair<int, int>, std::tuple<int, int>, no_difference> && differ<layer, std::tuple<int, int>, no_difference>);
static_assert(differ<std::vector<int>, std::tuple<int>, differs_at<>> && differ<std::variant<int>, std::tuple<int>, differs_at<>>);
static_assert(differ<std::variant<int, std::tuple<int>>, std::variant<int, int>, differs_at<1>>);
static_assert(differ<std::variant<int, char>, std::variant<int>, differs_at<>>);

// Counts and keys, where types tell them.
static_assert(differ<std::array<int, 3>, std::array<int, 2>, differs_at<>> && differ<int[3], std::array<int, 3>, no_difference>);
static_assert(differ<std::tuple<std::array<int, 3>>, std::tuple<int[2]>, differs_at<0>>);
static_assert(differ<layer, longer, differs_at<>> && differ<layer, layer, no_difference>);
#if COMMFOLD_HAS_FIELD_NAMES
static_assert(differ<layer, renamed, differs_at<>> && differ<std::tuple<int, layer>, std::tuple<int, renamed>, differs_at<1>>);
#endif
static_assert(differ<layer, cf::mapped_struct<layer, int, char>, no_difference> &&
              differ<cf::mapped_struct<layer, int, char>, layer, no_difference>);

// const and references are looked through; a type that holds itself agrees with itself.
static_assert(differ<std::tuple<int> const&, std::tuple<int>, no_difference> && differ<node, node, no_difference>);

static_assert(cf::congruent<layer> && cf::congruent<layer, layer, std::tuple<int, int>>);
static_assert(!cf::congruent<layer, layer, std::tuple<int>> && !cf::congruent<std::tuple<int>, int>);

}  // namespace
