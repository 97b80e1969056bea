// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/path_link.hpp>

#include <commfold/tree/nodes/standard.hpp>

#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::detail::no_path, cf::detail::path_link;

// Each step points to the one before it; the whole is put together when it is asked for.
constexpr bool grows() {
  path_link const root;
  path_link const second = root.to_child<std::tuple<int, std::vector<int>>, 1>();
  path_link const third = second.to_entry<std::vector<int>>(2, 0);
  return root.whole().empty() && second.whole() == "[1]" && third.whole() == "[1][2]";
}
static_assert(grows());
constexpr bool has_the_key() { return path_link{}.to_entry<std::map<int, char>>(0, std::pair<int const, char>{7, 'x'}).whole() == "[7]"; }
static_assert(has_the_key());

// No path grows into no path.
static_assert(std::is_empty_v<no_path> && std::is_same_v<decltype(no_path{}.to_child<std::tuple<int>, 0>()), no_path>);

// Keys are spelled so that one sees their type.
constexpr bool key_is(auto const& key, std::string_view text) { return cf::detail::paths::view_of(cf::detail::text_of_key(key)) == text; }
static_assert(key_is("embed", "\"embed\"") && key_is(std::string_view(""), "\"\""));
static_assert(key_is(0, "0") && key_is(7u, "7") && key_is(-12, "-12") && key_is(short{-1}, "-1"));
static_assert(key_is(std::numeric_limits<long long>::min(), "-9223372036854775808"));
static_assert(key_is(std::numeric_limits<unsigned long long>::max(), "18446744073709551615"));
static_assert(key_is(std::pair{1, 2}, "?"));
enum class axis { rows };
static_assert(key_is(axis::rows, "0"));
static_assert(key_is('w', "'w'") && key_is(true, "true"));

}  // namespace
