// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
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
struct renamed {
  t4 w;
  int c;
};

constexpr auto same = [](auto const& a, auto const& b) { return cf::tree_structure(a) == cf::tree_structure(b); };

// A leaf keeps its type and loses its value.
static_assert(std::is_same_v<decltype(cf::tree_structure(7)), cf::structure<cf::leaf_slot<int>>>);
static_assert(
    std::is_same_v<decltype(cf::tree_structure(std::tuple{t4{}, 'x'})), cf::structure<std::tuple<cf::leaf_slot<t4>, cf::leaf_slot<char>>>>);
static_assert(std::is_same_v<decltype(cf::tree_structure(std::vector{1})), cf::structure<std::vector<cf::leaf_slot<int>>>>);
static_assert(std::is_empty_v<decltype(cf::tree_structure(std::tuple{'x', layer{}}))>);

// Values and types of leaves do not matter.
static_assert(same(1, 2) && same(1, 'x') && same(std::tuple{1, 2}, std::tuple{'x', t4{}}) &&
              same(std::vector{1, 2}, std::vector{2.5, 3.5}));
// Everything else does: the kind of node, the count, the keys, the alternative, where the leaves are.
static_assert(!same(1, std::tuple{1}) && !same(std::tuple{1}, 1) && !same(std::tuple{1, 2}, std::tuple{1}));
static_assert(!same(std::tuple{1, std::tuple{2}}, std::tuple{std::tuple{1}, 2}) && !same(std::tuple{1, 2}, std::array{1, 2}));
constexpr bool counts_matter() {
  return !same(std::vector{1, 2}, std::vector{1}) && !same(std::optional<int>{}, std::optional{1}) &&
         same(std::optional{2}, std::optional{1}) &&
         !same(std::vector{std::vector{1}, std::vector{1, 2}}, std::vector{std::vector{1, 2}, std::vector{1}});
}
static_assert(counts_matter());
#if COMMFOLD_HAS_FIELD_NAMES
static_assert(same(layer{}, layer{{}, 3}) && !same(layer{}, renamed{}));
#endif
constexpr bool the_alternative_matters() {
  using either = std::variant<int, char>;
  return same(either{1}, either{2}) && !same(either{1}, either{'x'}) && same(either{'y'}, either{'x'}) &&
         same(either{'x'}, std::variant<double, t4>{t4{}});
}
static_assert(the_alternative_matters());

// Symmetric.
static_assert(!same(std::tuple{std::tuple{1, 2}, 3}, std::tuple{1, 3}) && !same(std::tuple{1, 3}, std::tuple{std::tuple{1, 2}, 3}));

// tree_map keeps the structure, even where it makes an image.
static_assert(same(cf::tree_map([](auto const&) { return 'x'; }, layer{}), layer{}));

}  // namespace
