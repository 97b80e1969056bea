// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/laws/laws.hpp
/// The laws of the tree algorithms, and how one model is held against all of them.

#include <commfold/group/process_group.hpp>
#include <commfold/op/work.hpp>
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace laws {
namespace cf = commfold;

/// A leaf as a number, so that leaves of any type can be told apart: what a law maps with.
inline constexpr auto number_of = [](auto const& leaf) -> std::size_t {
  using leaf_type = std::remove_cvref_t<decltype(leaf)>;
  if constexpr (cf::tensor_like<leaf_type>)
    return 1000 + 7 * std::size_t{cf::numel(leaf)} + 3 * std::size_t{cf::rank_of(leaf)};
  else if constexpr (std::is_arithmetic_v<leaf_type>)
    return static_cast<std::size_t>(10 * leaf);
  else if constexpr (cf::any_group<leaf_type>)
    return leaf.size;
  else if constexpr (cf::any_work<leaf_type>)
    return static_cast<std::size_t>(leaf.seq_id());
  else if constexpr (std::is_enum_v<leaf_type>)
    return static_cast<std::size_t>(leaf);
  else if constexpr (std::is_empty_v<leaf_type>)
    return 5;
  else
    return std::string_view(leaf).size();
};
/// A leaf that was mapped to a number, as that number. The type of a `value` does not tell that it is one; where it is not, a law fails.
inline constexpr auto same_number = [](auto const& n) -> double {
  if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(n)>>)
    return static_cast<double>(n);
  else
    return -1;
};
inline constexpr auto affine = [](auto const& n) { return 0.5 * same_number(n) + 1; };
inline constexpr auto identity = [](auto const& leaf) { return leaf; };

template <class Tree>
std::vector<std::size_t> numbers_of(Tree const& tree) {
  std::vector<std::size_t> numbers;
  cf::tree_for_each([&](auto const& leaf) { numbers.push_back(number_of(leaf)); }, tree);
  return numbers;
}

/// Equal structure and equal leaves, each in its place; the containers may differ, as a span and a vector do.
template <class A, class B>
bool same_tree(A const& a, B const& b) {
  if (!(cf::tree_structure(a) == cf::tree_structure(b))) return false;
  bool same = true;
  cf::tree_for_each([&](auto const& x, auto const& y) { same = same && x == y; }, a, b);
  return same;
}

/// unflatten(flatten(t)) = t
template <class Tree>
bool unflatten_undoes_flatten(Tree const& t) {
  auto const [leaves, structure] = cf::tree_flatten(t);
  return same_tree(cf::tree_unflatten(structure, leaves), t);
}

/// unflatten(structure(t), leaves(t)) = t: leaves and structure fit too where they are not asked for together.
template <class Tree>
bool leaves_fit_the_structure(Tree const& t) {
  return same_tree(cf::tree_unflatten(cf::tree_structure(t), cf::tree_leaves(t)), t);
}

/// map(identity, t) = t
template <class Tree>
bool map_of_identity_is_identity(Tree const& t) {
  return same_tree(cf::tree_map(identity, t), t);
}

/// map(f after g, t) = map(f, map(g, t))
template <class Tree>
bool map_of_composition_is_composition(Tree const& t) {
  auto const once = cf::tree_map([](auto const& leaf) { return affine(number_of(leaf)); }, t);
  auto const twice = cf::tree_map(affine, cf::tree_map(number_of, t));
  // Every leaf has become a double, whatever the tree was.
  bool const doubles = cf::tree_all(cf::is_type<double>, twice);
  return doubles && same_tree(once, twice);
}

/// map(f, t) has f of the leaves of t for leaves, in their order.
template <class Tree>
bool map_applies_to_each_leaf(Tree const& t) {
  std::vector<double> expected, mapped;
  cf::tree_for_each([&](auto const& leaf) { expected.push_back(affine(number_of(leaf))); }, t);
  auto const made = cf::tree_map([](auto const& leaf) { return affine(number_of(leaf)); }, t);
  cf::tree_for_each([&](auto const& n) { mapped.push_back(same_number(n)); }, made);
  return mapped == expected;
}

/// structure(map(f, t)) = structure(t)
template <class Tree>
bool map_keeps_the_structure(Tree const& t) {
  auto const mapped = cf::tree_map(number_of, t);
  return cf::tree_structure(mapped) == cf::tree_structure(t) && cf::tree_structure(t) == cf::tree_structure(mapped) &&
         to_string(cf::tree_structure(mapped)) == to_string(cf::tree_structure(t));
}

/// sum(t) = the sum over the leaves of t
template <class Tree>
bool sum_is_the_sum_over_leaves(Tree const& t, std::size_t bytes) {
  std::size_t const folded = cf::tree_fold([](std::size_t s, auto const& leaf) { return s + cf::sum_tensors(leaf); }, std::size_t{0}, t);
  return cf::sum_tensors(t) == bytes && folded == bytes;
}

/// As many paths as leaves, and no path twice.
template <class Tree>
bool each_leaf_has_its_path(Tree const& t, std::size_t leaves) {
  auto const paths = cf::tree_paths(t);
  std::set<std::string> texts;
  for (cf::tree_path const& path : paths) texts.insert(to_string(path));
  return paths.size() == leaves && texts.size() == leaves && numbers_of(t).size() == leaves &&
         (cf::leaf_count<Tree> == leaves || cf::leaf_count<Tree> == cf::dyn);
}

/// all(p, t) = !any(not p, t)
template <class Tree>
bool all_is_not_any_not(Tree const& t) {
  auto const holds = [&](auto const& p) { return cf::tree_all(p, t) == !cf::tree_any([&](auto const& leaf) { return !p(leaf); }, t); };
  return holds(cf::is_tensor) && holds([](auto const& leaf) { return number_of(leaf) % 2 == 0; }) &&
         holds([](auto const&) { return true; }) && holds([](auto const&) { return false; });
}

/// map_only(p, f, t) = map(x -> p(x) ? f(x) : x, t)
template <class Tree>
bool map_only_is_a_map(Tree const& t) {
  auto const f = [](auto const& leaf) { return number_of(leaf); };
  auto const chosen = [&](auto const& leaf) {
    if constexpr (cf::tensor_like<decltype(leaf)>)
      return f(leaf);
    else
      return leaf;
  };
  return same_tree(cf::tree_map_only(cf::is_tensor, f, t), cf::tree_map(chosen, t));
}

/// Walking with paths is walking.
template <class Tree>
bool paths_change_nothing(Tree const& t) {
  std::vector<std::size_t> numbers;
  cf::tree_for_each_with_path([&](cf::tree_path const&, auto const& leaf) { numbers.push_back(number_of(leaf)); }, t);
  return numbers == numbers_of(t) &&
         same_tree(cf::tree_map_with_path([](cf::tree_path const&, auto const& leaf) { return number_of(leaf); }, t),
                   cf::tree_map(number_of, t));
}

/// What is counted of a model by hand.
struct known {
  std::size_t leaves;
  std::size_t bytes;
};

/// What comes back is of the same type, and equal by its own `==`.
template <class Tree>
void holds_itself_together(Tree const& t) {
  auto const [leaves, structure] = cf::tree_flatten(t);
  auto const back = cf::tree_unflatten(structure, leaves);
  STATIC_REQUIRE(std::is_same_v<decltype(back), Tree const>);
  STATIC_REQUIRE(std::is_same_v<decltype(cf::tree_map(identity, t)), Tree>);
  CHECK((back == t));
  CHECK((cf::tree_map(identity, t) == t));
}

/// Every law over one model; counts the models.
template <class Tree>
void hold_for(int& models, Tree const& t, known k) {
  INFO("model " << models << ": " << to_string(cf::tree_structure(t)));
  CHECK(unflatten_undoes_flatten(t));
  CHECK(leaves_fit_the_structure(t));
  CHECK(map_of_identity_is_identity(t));
  CHECK(map_of_composition_is_composition(t));
  CHECK(map_applies_to_each_leaf(t));
  CHECK(map_keeps_the_structure(t));
  CHECK(sum_is_the_sum_over_leaves(t, k.bytes));
  CHECK(each_leaf_has_its_path(t, k.leaves));
  CHECK(all_is_not_any_not(t));
  CHECK(map_only_is_a_map(t));
  CHECK(paths_change_nothing(t));
  ++models;
}

/// Every law over a model that owns its children, and so comes back as the type that it was.
template <class Tree>
void hold_for_value(int& models, Tree const& t, known k) {
  hold_for(models, t, k);
  INFO("model " << models - 1 << ": " << to_string(cf::tree_structure(t)));
  holds_itself_together(t);
}

// The leaves that models are made of.
using t4 = cf::tensor<cf::f32, 4>;              // 16 bytes
using t23 = cf::tensor<cf::bf16, 2, 3>;         // 12 bytes
using vec = cf::tensor<cf::f64, cf::dyn>;       // 8 an element
using matrix = cf::tensor<cf::u8, cf::dyn, 5>;  // 5 a row

}  // namespace laws
