// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/same_structure.hpp>

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
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

constexpr auto same = [](auto const& a, auto const& b) { return cf::detail::same_structure(a, b); };

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

// More children than clang nests fold expressions.
template <std::size_t... I>
constexpr auto wide(std::index_sequence<I...>) {
  return boost::hana::make_basic_tuple((static_cast<void>(I), 'x')...);
}
constexpr auto many = wide(std::make_index_sequence<300>{});
static_assert(same(many, many) && !same(many, wide(std::make_index_sequence<299>{})));

}  // namespace
