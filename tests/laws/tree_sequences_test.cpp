// SPDX-License-Identifier: BSL-1.0
#include <laws/laws.hpp>

#include <array>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace {
using namespace laws;

std::unordered_map<int, vec> many() {
  std::unordered_map<int, vec> m;
  for (int k = 1; k <= 100; ++k) m.emplace(37 * k, vec{static_cast<std::size_t>(k)});
  return m;
}

}  // namespace

TEST_CASE("the laws hold for fixed sequences", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::array<t4, 3>{}, {3, 48});
  hold_for_value(models, std::array{vec{1}, vec{2}}, {2, 24});
  hold_for_value(models, std::array<t4, 0>{}, {0, 0});
  hold_for_value(models, std::array<std::vector<t4>, 0>{}, {0, 0});
  hold_for_value(models, std::array{std::array{1, 2, 3}, std::array{4, 5, 6}}, {6, 0});
  hold_for_value(models, std::array<std::tuple<t23, int>, 2>{}, {4, 24});
  int const numbers[] = {3, 1, 2};
  hold_for(models, numbers, {3, 0});
  t4 const table[2][3] = {};
  hold_for(models, table, {6, 96});
  vec const three[] = {vec{1}, vec{2}, vec{3}};
  hold_for(models, std::span<vec const, 3>(three), {3, 48});
  CHECK(models == 9);
}

TEST_CASE("the laws hold for sequences of run-time length", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::vector<t4>{}, {0, 0});
  hold_for_value(models, std::vector<t4>(5), {5, 80});
  hold_for_value(models, std::vector{vec{1}, vec{2}, vec{3}}, {3, 48});
  hold_for_value(models, std::vector{std::vector<vec>{}, std::vector{vec{4}, vec{5}}}, {2, 72});
  hold_for_value(models, std::deque{vec{1}, vec{7}}, {2, 64});
  hold_for_value(models, std::list{matrix{1}, matrix{2}}, {2, 15});
  hold_for_value(models, std::list<std::deque<std::vector<int>>>{{{1, 2}, {}}, {}, {{3}}}, {3, 0});
  hold_for(models, std::vector<std::string>{"a", "", "abc"}, {3, 0});
  std::vector const three{vec{1}, vec{2}, vec{3}};
  hold_for(models, std::span<vec const>(three), {3, 48});
  hold_for(models, std::tuple{std::span<vec const>(three).first(2), 7}, {3, 24});
  CHECK(models == 10);
}

TEST_CASE("the laws hold for maps", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::map<std::string, vec>{}, {0, 0});
  hold_for_value(models, std::map<std::string, vec>{{"w", vec{3}}, {"b", vec{5}}}, {2, 64});
  hold_for_value(models, std::map<int, t4, std::greater<>>{{1, {}}, {3, {}}, {2, {}}}, {3, 48});
  hold_for_value(models, std::map<char, std::vector<int>>{{'x', {1, 2}}, {'y', {}}}, {2, 0});
  hold_for_value(models, std::unordered_map<std::string, matrix>{{"a", matrix{1}}, {"b", matrix{2}}}, {2, 15});
  hold_for_value(models, many(), {100, 40400});
  hold_for_value(models, std::unordered_map<int, std::map<int, t4>>{{1, {{2, {}}, {3, {}}}}, {4, {}}}, {2, 32});
  CHECK(models == 7);
}
