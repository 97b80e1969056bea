// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;

constexpr std::tuple digits{1, std::array{2, 3}, std::pair{4, std::tuple{}}};

// Every leaf once, from left to right.
constexpr int visited() {
  int n = 0;
  cf::tree_for_each([&](int digit) { n = 10 * n + digit; }, digits);
  return n;
}
static_assert(visited() == 1234);

constexpr int visited_together() {
  int n = 0;
  cf::tree_for_each([&](int a, int b) { n = 10 * n + a * b; }, std::tuple{1, std::array{2, 3}}, std::tuple{4, std::vector{3, 2}});
  return n;
}
static_assert(visited_together() == 466);

// A subtree of the other tree goes to the leaf as a whole.
constexpr int takes_a_subtree() {
  int n = 0;
  cf::tree_for_each([&](int a, auto const& b) { n += a * std::get<1>(b); }, std::array{1, 10},
                    std::array{std::pair{0, 5}, std::pair{0, 7}});
  return n;
}
static_assert(takes_a_subtree() == 75);

constexpr bool visited_with_paths() {
  std::string_view const expected[] = {"[0]", "[1][0]", "[1][1]", "[2][0]"};
  int n = 0;
  bool ok = true;
  cf::tree_for_each_with_path([&](cf::tree_path const& path, int) { ok = ok && path == expected[n++]; }, digits);
  return ok && n == 4;
}
static_assert(visited_with_paths());

// tree_fold: from the left, with one state.
constexpr auto append = [](int n, int digit) { return 10 * n + digit; };
static_assert(cf::tree_fold(append, 9, digits) == 91234 && cf::tree_fold(append, 9, std::tuple{}) == 9);
constexpr int folded_dynamic() { return cf::tree_fold(append, 0, std::tuple{std::vector{1, 2}, std::optional<int>{}, std::optional{3}}); }
static_assert(folded_dynamic() == 123);
static_assert(cf::tree_fold_with_path([](std::size_t n, cf::tree_path const& path, int) { return n + path.size(); }, std::size_t{0},
                                      digits) == 7);

// tree_all and tree_any, also of nothing; they stop where the answer is known.
constexpr auto below = [](int limit) { return [=](int n) { return n < limit; }; };
static_assert(cf::tree_all(below(5), digits) && !cf::tree_all(below(4), digits) && !cf::tree_all(below(1), digits));
static_assert(cf::tree_any(below(2), digits) && !cf::tree_any(below(1), digits));
static_assert(cf::tree_all(below(0), std::tuple{}) && !cf::tree_any(below(9), std::tuple{}));
constexpr int looked_at(bool any) {
  int n = 0;
  auto const two = [&](int digit) { return ++n, (digit == 2) == any; };
  (void)(any ? cf::tree_any(two, digits) : cf::tree_all(two, digits));
  return n;
}
static_assert(looked_at(true) == 2 && looked_at(false) == 2);
static_assert(cf::tree_any_with_path([](cf::tree_path const& path, int) { return path == "[1][1]"; }, digits));
static_assert(!cf::tree_all_with_path([](cf::tree_path const& path, int) { return path.size() == 2; }, digits));

}  // namespace
