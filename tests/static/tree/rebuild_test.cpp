// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/rebuild.hpp>

#include <array>
#include <tuple>
#include <utility>
#include <variant>

namespace {

using namespace commfold::detail::walks;
using commfold::detail::no_path, commfold::detail::path_link;

// f is called from left to right, with and without paths, though the children arrive as the arguments of one call.
template <class Path>
constexpr auto numbered(Path const& path) {
  int next = 0;
  auto number = [&](Path const&, auto const&) { return next++; };
  auto const tree = std::tuple{'a', std::array{'b', 'c'}, std::pair{'d', std::tuple{'e'}}};
  return rebuild(number, path, tree);
}
static_assert(numbered(no_path{}) == std::tuple{0, std::array{1, 2}, std::pair{3, std::tuple{4}}});
static_assert(numbered(path_link{}) == numbered(no_path{}));

// A choice is made of what the alternatives are mapped to, and holds the same of them.
constexpr bool keeps_the_alternative() {
  using choice = std::variant<char, std::tuple<int>>;
  auto to_double = [](no_path, auto const& leaf) { return leaf + 0.5; };
  choice const first{'a'}, second{std::tuple{7}};
  auto const mapped = rebuild(to_double, no_path{}, second);
  return rebuild(to_double, no_path{}, first).index() == 0 && std::get<1>(mapped) == std::tuple{7.5};
}
static_assert(keeps_the_alternative());

}  // namespace
