// SPDX-License-Identifier: BSL-1.0
#include <laws/laws.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace {
using namespace laws;

using some = std::variant<t4, std::vector<vec>, int, t4>;

struct block {
  std::optional<vec> bias;
  std::variant<t4, std::tuple<t23, t23>> weight;
  std::map<std::string, std::optional<matrix>> extra;
  bool operator==(block const&) const = default;
};

}  // namespace

TEST_CASE("the laws hold for none or one", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::optional<t4>{}, {0, 0});
  hold_for_value(models, std::optional{vec{3}}, {1, 24});
  hold_for_value(models, std::optional{std::optional<vec>{}}, {0, 0});
  hold_for_value(models, std::array{std::optional{7}, std::optional<int>{}}, {1, 0});
  CHECK(models == 4);
}

TEST_CASE("the laws hold for pointers", "[laws][tree]") {
  int models = 0;
  vec const three{3};
  std::vector const two{vec{1}, vec{2}};
  hold_for(models, &three, {1, 24});
  hold_for(models, static_cast<vec const*>(nullptr), {0, 0});
  hold_for(models, &two, {2, 24});
  hold_for(models, std::array<t4 const*, 2>{}, {0, 0});
  hold_for(models, std::make_shared<vec>(std::size_t{4}), {1, 32});
  hold_for(models, std::shared_ptr<t4>{}, {0, 0});
  hold_for(models, std::vector{std::make_shared<int>(1), std::shared_ptr<int>{}, std::make_shared<int>(2)}, {2, 0});
  hold_for(models, std::make_unique<std::tuple<t4, int>>(), {2, 16});
  hold_for(models, std::unique_ptr<t4>{}, {0, 0});
  hold_for(models, std::pair<std::unique_ptr<vec>, int>{std::make_unique<vec>(std::size_t{2}), 5}, {2, 16});
  CHECK(models == 10);
}

TEST_CASE("the laws hold for choices", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, some{std::in_place_index<0>}, {1, 16});
  hold_for_value(models, some{std::vector{vec{1}, vec{2}}}, {2, 24});
  hold_for_value(models, some{std::vector<vec>{}}, {0, 0});
  hold_for_value(models, some{5}, {1, 0});
  hold_for_value(models, some{std::in_place_index<3>}, {1, 16});
  hold_for_value(models, std::vector<std::variant<int, vec>>{1, vec{2}, 3}, {3, 16});
  CHECK(models == 6);
}

TEST_CASE("the laws hold for mixtures", "[laws][tree]") {
  int models = 0;
  block const a{vec{2}, std::tuple{t23{}, t23{}}, {{"x", matrix{3}}, {"y", std::nullopt}}};
  block const b{std::nullopt, t4{}, {}};
  hold_for_value(models, a, {4, 55});
  hold_for_value(models, b, {1, 16});
  hold_for_value(models, std::vector{a, b, a}, {9, 126});
  hold_for_value(models, std::tuple{std::optional{a}, std::map<int, block>{{7, b}}, "leaf"[0]}, {6, 71});
  CHECK(models == 4);
}
