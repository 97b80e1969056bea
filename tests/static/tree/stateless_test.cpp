// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;

using t4 = cf::tensor<cf::f32, 4>;
using vec = cf::tensor<cf::f32, cf::dyn>;

struct pair_of_tensors {
  t4 a, b;
};
struct block {
  t4 a;
  pair_of_tensors b;
};
struct counted {
  t4 a;
  int steps;
};
struct tag {};
struct not_constant {
  not_constant() {}
};
struct copies_count {
  constexpr copies_count() = default;
  constexpr copies_count(copies_count const&) {}
};
struct no_default {
  explicit constexpr no_default(int) {}
};

// A type says all where two values of it cannot differ, and where one can be had in a constant.
static_assert(cf::stateless<t4> && !cf::stateless<vec> && cf::stateless<t4 const> && cf::stateless<tag>);
static_assert(!cf::stateless<int> && !cf::stateless<t4*> && !cf::stateless<t4&> && !cf::stateless<std::string>);
static_assert(!cf::stateless<not_constant> && !cf::stateless<copies_count> && !cf::stateless<no_default>);
static_assert(cf::stateless<std::tuple<>> && cf::stateless<std::tuple<t4, std::pair<t4, tag>>> && !cf::stateless<std::tuple<t4, int>>);
static_assert(!cf::stateless<std::pair<t4, vec>> && !cf::stateless<std::tuple<t4&>>);
static_assert(cf::stateless<block> && !cf::stateless<counted> && cf::stateless<cf::image<counted, t4, tag>>);
static_assert(!cf::stateless<cf::image<counted, t4, int>> && cf::stateless<cf::row<t4, block>> && !cf::stateless<std::vector<t4>>);

// A class that names only some of its members may hold others.
class mlp {
 public:
  t4 w;

 private:
  [[maybe_unused]] int steps_ = 0;
};
}  // namespace
template <>
struct commfold::node_traits<mlp> : commfold::fields<&mlp::w> {};
namespace {
static_assert(!cf::stateless<mlp>);

// Nothing of a stateless tuple is read, so it is never completed: this one cannot be.
template <class... T>
struct never_completed {
  static_assert(sizeof...(T) == 99);
};
}  // namespace
template <class... T>
struct commfold::node_traits<never_completed<T...>> {
  using children = boost::mp11::mp_list<T...>;
  template <class... U>
  static constexpr never_completed<U...> make(U&&...);
};
template <class... T>
inline constexpr bool commfold::stateless<never_completed<T...>> = true;
template <class... T>
inline constexpr bool commfold::detail::holds_only_children<never_completed<T...>> = true;
namespace {
using unread = never_completed<t4, never_completed<tag, cf::tensor<cf::f16, 8>>>;
// An object and no function, which would be looked up in the namespaces of what is in the tree, and so complete it.
constexpr auto leaves_of = [](unread const& tree) {
  int met = 0;
  cf::tree_for_each([&](auto const&) { ++met; }, tree);
  auto const flat = cf::tree_flatten(tree);
  static_assert(std::is_same_v<decltype(flat.leaves), cf::row<t4, tag, cf::tensor<cf::f16, 8>>>);
  return met + static_cast<int>(cf::tree_fold([](std::size_t n, auto const&) { return n + 10; }, std::size_t{0}, tree));
};
static_assert(std::is_same_v<decltype(leaves_of(std::declval<unread const&>())), int>);

// Nor is it held in a row.
static_assert(std::is_empty_v<cf::row<t4, unread>>);

// What is called is called, though the node that it makes says all.
constexpr int calls() {
  int called = 0;
  auto const mapped = cf::tree_map([&](auto const& t) { return ++called, t; }, std::tuple{t4{}, std::pair{tag{}, t4{}}});
  static_assert(std::is_same_v<decltype(mapped), std::tuple<t4, std::pair<tag, t4>> const>);
  return called;
}
static_assert(calls() == 3);

}  // namespace
