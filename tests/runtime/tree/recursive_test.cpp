// SPDX-License-Identifier: BSL-1.0
// Types that hold themselves and name what they map to.
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace cf = commfold;

namespace {

using vec = cf::tensor<cf::f32, cf::dyn>;

struct module {
  vec weight{0};
  int version = 0;
  std::vector<module> parts;
  friend bool operator==(module const&, module const&) = default;
};

/// A choice: its leaves may take each other's place.
struct expression {
  std::variant<int, std::string, std::vector<expression>> held;
  friend bool operator==(expression const& a, expression const& b) { return a.held == b.held; }
};

/// Two types, each below the other.
struct leaf_or_tree;
struct forest {
  std::map<std::string, leaf_or_tree> trees;
};
struct leaf_or_tree {
  int leaf = 0;
  std::shared_ptr<forest> below;
  std::vector<leaf_or_tree> beside;
};

module example() { return {vec{2}, 1, {{vec{3}, 2, {{vec{1}, 3, {}}}}, {vec{4}, 4, {}}}}; }

}  // namespace

template <>
struct commfold::node_traits<module> : commfold::fields<&module::weight, &module::version, &module::parts> {
  using mapped = module;
};

template <>
struct commfold::node_traits<expression> {
  using alternatives = boost::mp11::mp_list<int, std::string, std::vector<expression>>;
  using mapped = expression;
  static std::size_t index(expression const& e) { return e.held.index(); }
  template <std::size_t I>
  static auto const& child(expression const& e) {
    return std::get<I>(e.held);
  }
  template <std::size_t I, class... U, class Child>
  static expression make(Child&& child) {
    return {std::forward<Child>(child)};
  }
};

template <>
struct commfold::node_traits<forest> : commfold::fields<&forest::trees> {
  using mapped = forest;
};
template <>
struct commfold::node_traits<leaf_or_tree> : commfold::fields<&leaf_or_tree::leaf, &leaf_or_tree::below, &leaf_or_tree::beside> {
  using mapped = leaf_or_tree;
};

TEST_CASE("a type that holds itself maps to what it names", "[tree][recursive]") {
  module const m = example();
  CHECK(cf::tree_map([](auto const& leaf) { return leaf; }, m) == m);
  CHECK(cf::tree_map_only(
            cf::is_type<int>, [](int n) { return 10 * n; }, m) == module{vec{2}, 10, {{vec{3}, 20, {{vec{1}, 30, {}}}}, {vec{4}, 40, {}}}});
  std::string seen;
  (void)cf::tree_map_only_with_path(
      cf::is_type<int>, [&](cf::tree_path const& path, int n) { return seen += to_string(path) + " ", n; }, m);
  CHECK(seen == "version parts[0].version parts[0].parts[0].version parts[1].version ");
  module const deep = cf::tree_map_with_path(
      [](cf::tree_path const& path, auto const& leaf) {
        if constexpr (cf::tensor_like<decltype(leaf)>)
          return leaf;
        else
          return static_cast<int>(path.size());
      },
      m);
  CHECK(deep.version == 1);
  CHECK(deep.parts[0].parts[0].version == 5);
}

TEST_CASE("it maps from below other nodes, and along with others", "[tree][recursive]") {
  auto const plus_1 = [](auto const& leaf) {
    if constexpr (cf::tensor_like<decltype(leaf)>)
      return leaf;
    else
      return leaf + 1;
  };
  std::vector<module> const mapped = cf::tree_map(plus_1, std::vector{example()});
  CHECK(mapped[0].parts[1].version == 5);
  auto const [first, second] = cf::tree_map(plus_1, std::pair{std::optional{example()}, 5});
  CHECK(first->parts[0].version == 3);
  CHECK(second == 6);
  auto const right = [](auto const&, auto const& other) { return other; };
  module const tens = cf::tree_map_only(cf::is_type<int>, [](int n) { return 10 * n; }, example());
  CHECK(cf::tree_map(right, example(), tens) == tens);
  module fewer = example();
  fewer.parts[0].parts.clear();
  CHECK_THROWS_WITH(cf::tree_map(right, example(), fewer),
                    "commfold::tree_map: the trees differ in structure at parts[0].parts: 1 children against 0");
}

TEST_CASE("two types that hold each other map", "[tree][recursive]") {
  leaf_or_tree const t{1, std::make_shared<forest>(forest{{{"a", {2, nullptr, {{3, nullptr, {}}}}}}}), {{4, nullptr, {}}}};
  auto const twice = [](int n) { return 2 * n; };
  leaf_or_tree const mapped = cf::tree_map(twice, t);
  CHECK(mapped.leaf == 2);
  CHECK(mapped.below->trees.at("a").leaf == 4);
  CHECK(mapped.below->trees.at("a").beside[0].leaf == 6);
  CHECK(mapped.beside[0].leaf == 8);
  CHECK(cf::tree_map(twice, *t.below).trees.at("a").leaf == 4);
  CHECK(cf::tree_map(twice, t.beside)[0].leaf == 8);
}

TEST_CASE("in a choice that names what it maps to, a leaf may become another", "[tree][recursive]") {
  expression const e{std::vector<expression>{{1}, {"two"}, {std::vector<expression>{{3}}}}};
  auto const swapped = [](auto const& leaf) {
    if constexpr (std::is_same_v<decltype(leaf), int const&>)
      return std::to_string(leaf);
    else
      return static_cast<int>(leaf.size());
  };
  expression const mapped = cf::tree_map(swapped, e);
  CHECK(mapped == expression{std::vector<expression>{{"1"}, {3}, {std::vector<expression>{{"3"}}}}});
  CHECK(cf::tree_structure(mapped) == cf::tree_structure(e));
  CHECK_FALSE(cf::tree_structure(e) == cf::tree_structure(expression{1}));
  CHECK(to_string(cf::tree_structure(e)) == "[*, *, [*]]");
  CHECK(cf::tree_paths(e)[2] == "[2][0]");
  // The leaf is called with what the other tree has at its place.
  std::string seen;
  cf::tree_for_each([&](auto const&, expression const& other) { seen += std::to_string(other.held.index()); }, e, mapped);
  CHECK(seen == "101");
  CHECK_THROWS_WITH(cf::tree_map([](auto const& leaf, expression const&) { return leaf; }, e, expression{1}),
                    "commfold::tree_map: the trees differ in structure at (root): alternative 2 against 0");
}

TEST_CASE("its structure is compared, printed and filled again", "[tree][recursive]") {
  auto const [leaves, structure] = cf::tree_flatten(example());
  CHECK(leaves.size() == 8);
  CHECK(to_string(structure) ==
        "{weight: *, version: *, parts: [{weight: *, version: *, parts: [{weight: *, version: *, parts: []}]}, {weight: *, version: *, "
        "parts: []}]}");
  CHECK(cf::tree_unflatten(structure, leaves) == example());
  CHECK(structure == cf::tree_structure(cf::tree_map_only(cf::is_type<int>, [](int) { return 0; }, example())));
  CHECK_FALSE(structure == cf::tree_structure(module{}));
  auto const around = cf::tree_structure(std::tuple{5, example()});
  CHECK(around == cf::tree_structure(std::tuple{'x', example()}));
}
