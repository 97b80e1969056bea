// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/visit.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace {

using namespace commfold::detail::walks;
using commfold::detail::no_path, commfold::detail::path_link;

// Leaves are visited from left to right, up to the first for which f answers false.
constexpr std::size_t met_until_negative(auto const& tree) {
  std::size_t met = 0;
  auto look = [&](auto const&, int leaf) { return ++met, leaf >= 0; };
  bool const all = visit(look, no_path{}, tree);
  std::size_t const without_path = met;
  met = 0;
  return visit(look, path_link{}, tree) == all && met == without_path ? met : 999;
}
static_assert(met_until_negative(std::tuple{1, std::array{2, 3}, std::pair{4, 5}}) == 5);
static_assert(met_until_negative(std::tuple{1, std::array{2, -3}, std::pair{4, 5}}) == 3);
static_assert(met_until_negative(std::pair{-1, 2}) == 1 && met_until_negative(std::tuple{}) == 0);

// More children than clang nests fold expressions.
template <std::size_t... I>
constexpr auto wide(std::index_sequence<I...>) {
  return boost::hana::make_basic_tuple(static_cast<int>(I)...);
}
static_assert(met_until_negative(wide(std::make_index_sequence<300>{})) == 300);

// Of a choice, the alternative that it holds; other trees are followed, and the path leads to each leaf.
constexpr bool goes_side_by_side() {
  using choice = std::variant<char, std::pair<int, int>>;
  std::tuple const first{1, choice{std::pair{2, 3}}};
  std::tuple const other{10, choice{std::pair{20, 30}}};
  int sum = 0;
  std::string_view const paths[] = {"[0]", "[1]<1>[0]", "[1]<1>[1]"};
  std::size_t met = 0;
  auto look = [&](path_link const& path, int a, int b) { return sum += b - a, path.whole() == paths[met++]; };
  return visit(look, path_link{}, first, other) && met == 3 && sum == 54;
}
static_assert(goes_side_by_side());

}  // namespace
