// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace cf = commfold;
using namespace std::string_literals;

namespace {

template <class F>
std::string said(F f) {
  try {
    f();
  } catch (cf::structure_error const& e) {
    return e.what();
  }
  return {};
}

struct layer {
  std::vector<int> w;
  double rate = 0;
  bool operator==(layer const&) const = default;
};

}  // namespace

TEST_CASE("leaves of several types are put back", "[tree][flatten]") {
  std::map<std::string, layer> const m{{"a", {{1, 2}, 0.5}}, {"b", {{}, 1.5}}};
  auto const [leaves, structure] = cf::tree_flatten(m);
  REQUIRE(leaves.size() == 4);
  CHECK(std::get<int>(leaves[1]) == 2);
  CHECK(std::get<double>(leaves[3]) == 1.5);
  CHECK(cf::tree_unflatten(structure, leaves) == m);
  // Leaves of one new type give the tree that tree_map would make.
  auto const named = cf::tree_unflatten(structure, std::vector{"w"s, "x"s, "y"s, "z"s});
  CHECK(named.at("a").at<0>() == std::vector{"w"s, "x"s});
  CHECK(named.at("b").at<1>() == "z");
}

TEST_CASE("unordered maps are put back under their keys", "[tree][flatten]") {
  std::unordered_map<std::string, int> m;
  for (int i = 0; i < 30; ++i) m[std::to_string(i)] = i;
  auto const [leaves, structure] = cf::tree_flatten(m);
  CHECK(cf::tree_unflatten(structure, leaves) == m);
}

TEST_CASE("wrong leaves are refused", "[tree][flatten]") {
  auto const structure = cf::tree_structure(std::tuple{std::vector{1, 2}, std::optional<int>{}});
  CHECK(said([&] { (void)cf::tree_unflatten(structure, std::vector{1}); }) ==
        "commfold::tree_unflatten: the structure has 2 leaves, and 1 were given");
  CHECK(said([&] { (void)cf::tree_unflatten(structure, std::vector{1, 2, 3}); }) ==
        "commfold::tree_unflatten: the structure has 2 leaves, and 3 were given");
  CHECK_THROWS_AS(cf::tree_unflatten(structure, std::vector<int>{}), cf::structure_error);

  using leaf = std::variant<int, double>;
  auto const mixed = cf::tree_structure(layer{{1}, 0.5});
  CHECK(cf::tree_unflatten(mixed, std::vector<leaf>{3, 2.5}) == layer{{3}, 2.5});
  CHECK(said([&] { (void)cf::tree_unflatten(mixed, std::vector<leaf>{3, 4}); }) ==
        "commfold::tree_unflatten: leaf 1 is not of the type its slot is for");
}

TEST_CASE("a structure prints its nodes, keys and counts", "[tree][structure]") {
  CHECK(to_string(cf::tree_structure(5)) == "*");
  CHECK(to_string(cf::tree_structure(std::tuple{1, std::pair{2, 3}})) == "(*, (*, *))");
  CHECK(to_string(cf::tree_structure(std::tuple{})) == "()");
  CHECK(to_string(cf::tree_structure(std::vector{1, 2})) == "[*, *]");
  CHECK(to_string(cf::tree_structure(std::list<int>{})) == "[]");
  CHECK(to_string(cf::tree_structure(std::array{std::optional{1}, std::optional<int>{}})) == "[[*], []]");
  CHECK(to_string(cf::tree_structure(std::map<std::string, int>{{"q", 1}, {"k", 2}})) == "[\"k\": *, \"q\": *]");
  CHECK(to_string(cf::tree_structure(std::map<int, std::vector<int>>{{-1, {3}}, {7, {}}})) == "[-1: [*], 7: []]");
  CHECK(to_string(cf::tree_structure(std::variant<int, std::tuple<int, int>>{std::tuple{1, 2}})) == "<1: (*, *)>");
#if COMMFOLD_HAS_FIELD_NAMES
  CHECK(to_string(cf::tree_structure(layer{{1, 2}, 0.5})) == "{w: [*, *], rate: *}");
  CHECK(to_string(cf::tree_structure(std::vector<layer>(2))) == "[{w: [], rate: *}, {w: [], rate: *}]");
#endif
}

TEST_CASE("structures are compared by key", "[tree][structure]") {
  using table = std::unordered_map<int, int>;
  table a, b;
  for (int k = 0; k < 20; ++k) a[k] = b[19 - k] = 1;
  CHECK(cf::tree_structure(a) == cf::tree_structure(b));
  b.erase(7);
  CHECK(!(cf::tree_structure(a) == cf::tree_structure(b)));
  b[70] = 1;
  CHECK(!(cf::tree_structure(a) == cf::tree_structure(b)));
  CHECK(!(cf::tree_structure(a) == cf::tree_structure(std::map<int, char>{})));
}
