// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/nodes/map.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {
using namespace commfold::detail;

/// An order and a hash with a state.
struct by_last_digit {
  bool falling;
  bool operator()(int a, int b) const { return falling ? a % 10 > b % 10 : a % 10 < b % 10; }
};
struct salted {
  std::size_t salt;
  std::size_t operator()(int key) const { return static_cast<std::size_t>(key) + salt; }
};
struct of_seven {
  bool operator()(int a, int b) const { return a % 7 == b % 7; }
};

template <class Map>
using traits = class_map_node<Map>;
template <class Map>
concept has_keys = requires(Map const& map) { traits<Map>::find(map, 1); };

struct not_copied {
  explicit not_copied(int);
};
}  // namespace

TEST_CASE("a map is known by its key and mapped types", "[tree]") {
  STATIC_CHECK(map_class<std::map<int, double>>);
  STATIC_CHECK(map_class<std::unordered_multimap<int, double>>);
  STATIC_CHECK_FALSE(map_class<std::set<int>>);
  STATIC_CHECK_FALSE(map_class<std::vector<std::pair<int, double>>>);
  // One value for each key, without a look at the value.
  STATIC_CHECK(unique_map<std::map<int, not_copied>>);
  STATIC_CHECK(unique_map<std::unordered_map<std::string, double>>);
  STATIC_CHECK_FALSE(unique_map<std::multimap<int, double>>);
  STATIC_CHECK_FALSE(unique_map<std::unordered_multimap<int, double>>);
}

TEST_CASE("another map keeps all but the values and the allocator", "[tree]") {
  STATIC_CHECK(std::is_same_v<rebound_map<std::map<int, double, std::greater<>>, char>::type, std::map<int, char, std::greater<>>>);
  STATIC_CHECK(std::is_same_v<rebound_map<std::unordered_map<int, double, salted, of_seven>, char>::type,
                              std::unordered_map<int, char, salted, of_seven>>);
  STATIC_CHECK(std::is_same_v<rebound_map<std::multimap<int, double>, char>::type, std::multimap<int, char>>);
}

TEST_CASE("the children of a map are its values, under their keys", "[tree]") {
  std::map<int, double> const map{{2, 0.5}, {1, 0.25}};
  using map_traits = traits<std::map<int, double>>;
  STATIC_CHECK(std::is_same_v<map_traits::element, double>);
  CHECK(map_traits::count(map) == 2);
  auto const first = map_traits::begin(map);
  CHECK(map_traits::key(*first) == 1);
  CHECK(&map_traits::child(*first) == &map.at(1));
  CHECK(map_traits::find(map, 2) == &map.at(2));
  CHECK(map_traits::find(map, 3) == nullptr);
  // Where a key may come twice, it is no name.
  STATIC_CHECK(has_keys<std::map<int, double>>);
  STATIC_CHECK_FALSE(has_keys<std::multimap<int, double>>);
}

TEST_CASE("a map is made with the order of the first, whatever its state", "[tree]") {
  using map = std::map<int, double, by_last_digit>;
  map const falling({{11, 0.1}, {39, 0.9}, {25, 0.5}}, by_last_digit{true});
  int next = 0;
  auto const made = traits<map>::make<int>(falling, [&] { return ++next; });
  STATIC_CHECK(std::is_same_v<decltype(made), std::map<int, int, by_last_digit> const>);
  CHECK(made.key_comp().falling);
  CHECK(made.at(39) == 1);
  CHECK(made.at(25) == 2);
  CHECK(made.at(11) == 3);
}

TEST_CASE("an unordered map is made with its hash, buckets and order of iteration", "[tree]") {
  using map = std::unordered_map<int, double, salted, of_seven>;
  map first(50, salted{1000}, of_seven{});
  first.max_load_factor(0.5f);
  for (int key = 0; key != 7; ++key) first.emplace(35 - key * 5, 0.0);
  int next = 0;
  auto const made = traits<map>::make<int>(first, [&] { return next++; });
  REQUIRE(made.size() == first.size());
  CHECK(made.bucket_count() == first.bucket_count());
  CHECK(made.hash_function().salt == 1000);
  CHECK(made.max_load_factor() == 0.5f);
  int at = 0;
  auto theirs = first.begin();
  for (auto const& [key, value] : made) {
    CHECK(key == (theirs++)->first);
    CHECK(value == at++);
  }
}

TEST_CASE("values that only move, and keys that come twice, come through", "[tree]") {
  using twice = std::unordered_multimap<int, double>;
  twice const first{{1, 0.1}, {1, 0.2}, {2, 0.3}};
  int next = 0;
  auto const made = traits<twice>::make<std::unique_ptr<int>>(first, [&] { return std::make_unique<int>(next++); });
  REQUIRE(made.size() == 3);
  CHECK(made.count(1) == 2);
  int at = 0;
  for (auto const& entry : made) CHECK(*entry.second == at++);
}
