// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/walk.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

namespace {

using namespace commfold::detail;

// Leaves are met from left to right, and not at all after the first that says stop.
constexpr std::size_t met_until_negative(auto const& tree) {
  std::size_t met = 0;
  auto look = [&](no_path, int leaf) { return ++met, leaf >= 0; };
  visit(look, no_path{}, "test", tree);
  return met;
}
static_assert(met_until_negative(std::tuple{1, std::array{2, 3}, std::pair{4, 5}}) == 5);
static_assert(met_until_negative(std::tuple{1, std::array{2, -3}, std::pair{4, 5}}) == 3);
static_assert(met_until_negative(std::tuple{}) == 0);

// Rebuilding calls f in that order too, though the children arrive as the arguments of one call.
constexpr auto numbered = [] {
  int next = 0;
  auto number = [&](no_path, auto const&) { return next++; };
  auto const tree = std::tuple{'a', std::array{'b', 'c'}, std::pair{'d', std::tuple{'e'}}};
  return rebuild(number, no_path{}, "test", tree);
}();
static_assert(numbered == std::tuple{0, std::array{1, 2}, std::pair{3, std::tuple{4}}});

// More children than clang nests fold expressions.
template <std::size_t... I>
constexpr auto wide(std::index_sequence<I...>) {
  return boost::hana::make_basic_tuple(static_cast<int>(I)...);
}
static_assert(met_until_negative(wide(std::make_index_sequence<300>{})) == 300);

}  // namespace
