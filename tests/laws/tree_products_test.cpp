// SPDX-License-Identifier: BSL-1.0
#include <laws/laws.hpp>

#include <array>
#include <string>
#include <tuple>
#include <utility>

namespace {
using namespace laws;

struct layer {
  t4 w;
  vec bias;
  int steps = 0;
  bool operator==(layer const&) const = default;
};
struct net {
  std::array<layer, 2> layers;
  t23 norm;
  std::string name;
  std::pair<char, double> rates;
  bool operator==(net const&) const = default;
};
class mlp {
 public:
  t4 up;
  vec down;
  bool operator==(mlp const&) const = default;

 private:
  int seed_ = 7;
};
struct one_in_one {
  std::tuple<std::tuple<t4>> a;
  bool operator==(one_in_one const&) const = default;
};
}  // namespace
template <>
struct commfold::node_traits<mlp> : commfold::fields<&mlp::up, &mlp::down> {};

TEST_CASE("the laws hold for products", "[laws][tree]") {
  int models = 0;
  hold_for_value(models, std::tuple{}, {0, 0});
  hold_for_value(models, std::tuple{t4{}}, {1, 16});
  hold_for_value(models, std::tuple{t4{}, 3, vec{2}, 'x'}, {4, 32});
  hold_for_value(models, std::tuple{std::tuple{}, std::tuple{t23{}, std::tuple{1.5}}, t4{}}, {3, 28});
  hold_for_value(models, std::pair{t4{}, matrix{3}}, {2, 31});
  hold_for(models, boost::hana::basic_tuple<t4, vec, int>{t4{}, vec{2}, 5}, {3, 32});  // it has no ==
  hold_for_value(models, layer{{}, vec{5}, 9}, {3, 56});
  hold_for_value(models, net{{layer{{}, vec{1}, 1}, layer{{}, vec{2}, 2}}, {}, "net", {'a', 0.5}}, {10, 68});
  hold_for_value(models, one_in_one{}, {1, 16});
  mlp m;
  m.down = vec{4};
  hold_for_value(models, m, {2, 48});
  hold_for_value(models, std::tuple{m, std::array{m, m}}, {6, 144});
  CHECK(models == 11);
}

TEST_CASE("the laws hold for mapped structs", "[laws][tree]") {
  int models = 0;
  auto const wider = [](auto const& leaf) {
    if constexpr (cf::tensor_like<decltype(leaf)>)
      return matrix{cf::numel(leaf)};
    else
      return leaf;
  };
  // A map that changes the types of fields makes a mapped_struct, which maps to itself where its children keep theirs.
  auto const mapped = cf::tree_map(wider, layer{{}, vec{3}, 9});
  STATIC_REQUIRE(std::is_same_v<decltype(mapped), cf::mapped_struct<layer, matrix, matrix, int> const>);
  hold_for_value(models, mapped, {3, 35});
  hold_for_value(models, std::tuple{mapped, 1, mapped}, {7, 70});
  hold_for_value(models, cf::tree_map(wider, net{{layer{{}, vec{1}, 1}, layer{{}, vec{2}, 2}}, {}, "net", {'a', 0.5}}), {10, 85});
  hold_for_value(models, cf::tree_map(number_of, mlp{}), {2, 0});
  CHECK(models == 4);
}
