// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace cf = commfold;
using namespace std::string_literals;

namespace {

auto const plus = [](auto const& a, auto const& b) { return a + b; };
auto const text = [](int n) { return std::to_string(n); };

/// What the structure_error says, empty when there is none.
template <class F>
std::string said(F f) {
  try {
    f();
  } catch (cf::structure_error const& e) {
    return e.what();
  }
  return {};
}

/// Hashes so that many keys share a bucket.
struct poor_hash {
  std::size_t operator()(int n) const { return static_cast<std::size_t>(n % 2); }
};

struct layer {
  std::vector<int> w;
  std::map<std::string, int> named;
};
struct net {
  std::vector<layer> layers;
};

}  // namespace

TEST_CASE("containers map to containers, with their keys", "[tree][map]") {
  CHECK(cf::tree_map(text, std::vector{1, 2}) == std::vector{"1"s, "2"s});
  CHECK(cf::tree_map(text, std::deque{1, 2}) == std::deque{"1"s, "2"s});
  CHECK(cf::tree_map(text, std::list{1, 2}) == std::list{"1"s, "2"s});
  CHECK(cf::tree_map(text, std::map<char, int>{{'b', 1}, {'a', 2}}) == std::map<char, std::string>{{'a', "2"}, {'b', "1"}});
  CHECK(cf::tree_map(text, std::unordered_map<int, int>{{7, 1}, {8, 2}}) == std::unordered_map<int, std::string>{{7, "1"}, {8, "2"}});
  CHECK(cf::tree_map(text, std::optional{5}) == std::optional{"5"s});
  CHECK(cf::tree_map(text, std::optional<int>{}) == std::nullopt);
  CHECK(cf::tree_map(text, std::variant<int, std::vector<int>>{std::vector{4, 5}}) ==
        std::variant<std::string, std::vector<std::string>>{std::vector{"4"s, "5"s}});
  using greater = std::map<int, int, std::greater<>>;
  CHECK(cf::tree_map(text, greater{{1, 10}, {2, 20}}).begin()->second == "20");
}

TEST_CASE("leaves are taken from left to right", "[tree][map]") {
  // At run time compilers evaluate the arguments of a function in any order.
  std::string seen;
  auto const note = [&](int n) { return seen += std::to_string(n), n; };
  (void)cf::tree_map(note, std::tuple{1, std::pair{2, std::array{3, 4}}, std::vector{5}, std::variant<int, char>{6}, std::tuple{7, 8}});
  CHECK(seen == "12345678");
  seen.clear();
  cf::tree_for_each(note, std::tuple{1, std::pair{2, std::array{3, 4}}, std::vector{5}, std::variant<int, char>{6}, std::tuple{7, 8}});
  CHECK(seen == "12345678");
  seen.clear();
  (void)cf::tree_map_only(cf::is_type<int>, note, std::tuple{1, 'x', std::map<int, int>{{20, 3}, {10, 2}}, 4});
  CHECK(seen == "1234");
}

TEST_CASE("pointers map to pointers of their own", "[tree][map]") {
  auto const shared = std::make_shared<std::vector<int>>(std::vector{1, 2});
  auto const mapped = cf::tree_map(text, shared);
  REQUIRE(mapped != nullptr);
  CHECK(*mapped == std::vector{"1"s, "2"s});
  CHECK(*shared == std::vector{1, 2});
  CHECK(cf::tree_map(text, std::shared_ptr<std::vector<int>>{}) == nullptr);
  CHECK(*cf::tree_map(text, std::make_unique<int>(3)) == "3");
  CHECK(cf::tree_map(text, std::unique_ptr<int>{}) == nullptr);
  std::vector const v{4};
  CHECK(cf::tree_map(text, &v) == std::optional{std::vector{"4"s}});
  // A map by the identity makes a copy that shares nothing with the original.
  auto const same = cf::tree_map([](int n) { return n; }, shared);
  CHECK(*same == *shared);
  CHECK(same != shared);
}

TEST_CASE("maps go together by key, in whatever order they were filled", "[tree][map]") {
  using table = std::unordered_map<int, int, poor_hash>;
  table a, b;
  for (int k = 0; k < 40; ++k) a[k] = k;
  for (int k = 39; k >= 0; --k) b[k] = 1000 * k;
  auto const sum = cf::tree_map(plus, a, b);
  REQUIRE(sum.size() == 40);
  for (int k = 0; k < 40; ++k) CHECK(sum.at(k) == 1001 * k);

  // By key also where one map is ordered and the other is not.
  std::map<int, int> const ordered{{1, 1}, {2, 2}, {3, 3}};
  CHECK(cf::tree_map(plus, ordered, std::unordered_map<int, int>{{3, 30}, {1, 10}, {2, 20}}) ==
        std::map<int, int>{{1, 11}, {2, 22}, {3, 33}});
  CHECK(cf::tree_map(plus, ordered, std::map<int, int, std::greater<>>{{3, 30}, {1, 10}, {2, 20}}) ==
        std::map<int, int>{{1, 11}, {2, 22}, {3, 33}});
  // A sequence without keys follows in order.
  CHECK(cf::tree_map(plus, ordered, std::vector{10, 20, 30}) == std::map<int, int>{{1, 11}, {2, 22}, {3, 33}});

  int visits = 0;
  cf::tree_for_each([&](int x, int y) { visits += y == 1000 * x; }, a, b);
  CHECK(visits == 40);
}

TEST_CASE("trees that differ are an error with the path", "[tree][map]") {
  CHECK(said([] { (void)cf::tree_map(plus, std::vector{1, 2, 3}, std::vector{1, 2}); }) ==
        "commfold::tree_map: the trees differ in structure at (root): 3 children against 2");
  CHECK(said([] {
          (void)cf::tree_map(plus, std::tuple{1, std::vector{std::vector{1}, std::vector{1, 2}}},
                             std::tuple{1, std::vector{std::vector{1}, std::vector{1, 2, 3}}});
        }) == "commfold::tree_map: the trees differ in structure at [1][1]: 2 children against 3");
  CHECK(said([] { (void)cf::tree_map(plus, std::optional{1}, std::optional<int>{}); }) ==
        "commfold::tree_map: the trees differ in structure at (root): 1 children against 0");
  CHECK(said([] {
          using either = std::variant<int, double>;
          (void)cf::tree_map([](auto, auto) { return 0; }, std::array<either, 2>{1, 2.5}, std::array<either, 2>{1, 2});
        }) == "commfold::tree_map: the trees differ in structure at [1]: alternative 1 against 0");
  CHECK(said([] {
          (void)cf::tree_map(plus, std::map<std::string, int>{{"a", 1}, {"b", 2}}, std::map<std::string, int>{{"a", 1}, {"c", 2}});
        }) == "commfold::tree_map: the trees differ in structure at [\"b\"]: no such key in a following tree");
  CHECK(said([] { (void)cf::tree_map(plus, std::unordered_map<int, int>{{-4, 1}}, std::unordered_map<int, int>{{4, 1}}); }) ==
        "commfold::tree_map: the trees differ in structure at [-4]: no such key in a following tree");

  net const a{{layer{{1, 2}, {{"x", 1}}}, layer{{1}, {{"x", 1}, {"y", 2}}}}};
  net b = a;
  CHECK(said([&] { (void)cf::tree_map(plus, a, b); }).empty());
  b.layers[1].named.erase("y");
  b.layers[1].named["z"] = 2;
#if COMMFOLD_HAS_FIELD_NAMES
  CHECK(said([&] { (void)cf::tree_map(plus, a, b); }) ==
        "commfold::tree_map: the trees differ in structure at layers[1].named[\"y\"]: no such key in a following tree");
  CHECK(said([&] { cf::tree_for_each([](int, int) {}, a, b); }) ==
        "commfold::tree_for_each: the trees differ in structure at layers[1].named[\"y\"]: no such key in a following tree");
#endif
  CHECK_THROWS_AS(cf::tree_map(plus, a, b), cf::invalid_argument);
  CHECK_THROWS_AS(cf::tree_map_with_path([](auto const&, int, int) { return 0; }, a, b), std::invalid_argument);
  CHECK_THROWS_AS(cf::tree_for_each_with_path([](auto const&, int, int) {}, a, b), cf::error);

  // The third tree is checked as the second is.
  std::vector const two{1, 2}, three{1, 2, 3};
  CHECK(said([&] { (void)cf::tree_map([](int x, int, int) { return x; }, two, two, three); }) ==
        "commfold::tree_map: the trees differ in structure at (root): 2 children against 3");
}

TEST_CASE("a path names what it leads through", "[tree][path]") {
  std::map<std::string, std::vector<int>> const m{{"embed", {1}}, {"head", {2, 3}}};
  auto const paths = cf::tree_paths(m);
  REQUIRE(paths.size() == 3);
  CHECK(to_string(paths[0]) == "[\"embed\"][0]");
  CHECK(to_string(paths[2]) == "[\"head\"][1]");
  CHECK(to_string(cf::tree_path{}) == "(root)");
  CHECK(to_string(cf::tree_paths(std::unordered_map<long, int>{{-3, 1}})[0]) == "[-3]");
  CHECK(to_string(cf::tree_paths(std::make_shared<std::vector<int>>(2, 0))[1]) == "[0][1]");
}

TEST_CASE("a row of answers is a tree as well", "[tree][map]") {
  auto const odd = cf::tree_map([](int n) { return n % 2 != 0; }, std::vector{1, 2, 3});
  CHECK(odd == std::vector{true, false, true});
  CHECK(cf::tree_any([](bool b) { return !b; }, odd));
  CHECK(cf::tree_map([](bool b) { return b ? 7 : 8; }, odd) == std::vector{7, 8, 7});
  CHECK(cf::tree_leaves(odd) == odd);
  CHECK(cf::sum_tensors(odd) == 0);
}

TEST_CASE("a predicate of values selects leaves", "[tree][map]") {
  auto const odd = [](int n) { return n % 2 != 0; };
  CHECK(cf::tree_map_only(
            odd, [](int n) { return -n; }, std::map<int, int>{{1, 1}, {2, 2}, {3, 3}}) == std::map<int, int>{{1, -1}, {2, 2}, {3, -3}});
}
