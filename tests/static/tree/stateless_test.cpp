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

// A type is stateless where two values of it cannot differ and a constant expression can make one.
static_assert(cf::stateless<t4> && !cf::stateless<vec> && cf::stateless<t4 const> && cf::stateless<tag>);
static_assert(!cf::stateless<int> && !cf::stateless<t4*> && !cf::stateless<t4&> && !cf::stateless<std::string>);
static_assert(!cf::stateless<not_constant> && !cf::stateless<copies_count> && !cf::stateless<no_default>);
static_assert(cf::stateless<std::tuple<>> && cf::stateless<std::tuple<t4, std::pair<t4, tag>>> && !cf::stateless<std::tuple<t4, int>>);
static_assert(!cf::stateless<std::pair<t4, vec>> && !cf::stateless<std::tuple<t4&>>);
static_assert(cf::stateless<block> && !cf::stateless<counted> && cf::stateless<cf::mapped_struct<counted, t4, tag>>);
static_assert(!cf::stateless<cf::mapped_struct<counted, t4, int>> && cf::stateless<cf::leaf_tuple<t4, block>> &&
              !cf::stateless<std::vector<t4>>);

// An array is stateless where its elements are.
struct stack {
  t4 embed;
  std::array<block, 3> layers;
};
static_assert(cf::stateless<std::array<block, 3>> && cf::stateless<std::array<std::array<tag, 2>, 0> const> && cf::stateless<stack>);
static_assert(cf::stateless<t4[2]> && cf::stateless<t4 const[2]> && cf::stateless<t4[2][3]>);
static_assert(!cf::stateless<std::array<vec, 3>> && !cf::stateless<std::array<counted, 1>> && !cf::stateless<vec[2]>);
static_assert(!cf::stateless<std::array<t4*, 2>> && !cf::stateless<t4[]> && !cf::stateless<std::tuple<std::array<int, 2>>>);

// A class that names some of its members as children may have others.
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

// A stateless tuple is not read, and so never completed: to complete this one is an error.
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
// A function object, since the lookup of a function by the types of its arguments would complete them.
constexpr auto leaves_of = [](unread const& tree) {
  int met = 0;
  cf::tree_for_each([&](auto const&) { ++met; }, tree);
  auto const flat = cf::tree_flatten(tree);
  static_assert(std::is_same_v<decltype(flat.leaves), cf::leaf_tuple<t4, tag, cf::tensor<cf::f16, 8>>>);
  return met + static_cast<int>(cf::tree_fold([](std::size_t n, auto const&) { return n + 10; }, std::size_t{0}, tree));
};
static_assert(std::is_same_v<decltype(leaves_of(std::declval<unread const&>())), int>);

// A leaf_tuple does not hold it either.
static_assert(std::is_empty_v<cf::leaf_tuple<t4, unread>>);

// f is called for each leaf, though the mapped node is stateless too.
constexpr int calls() {
  int called = 0;
  auto const mapped = cf::tree_map([&](auto const& t) { return ++called, t; }, std::tuple{t4{}, std::pair{tag{}, t4{}}});
  static_assert(std::is_same_v<decltype(mapped), std::tuple<t4, std::pair<tag, t4>> const>);
  return called;
}
static_assert(calls() == 3);

// Every element of an array is visited, also of a stateless one.
using layered = std::tuple<tag, std::array<std::pair<t4, tag>, 3>>;
constexpr int elements_met() {
  int met = 0;
  cf::tree_for_each([&](auto const&) { ++met; }, layered{});
  return met;
}
static_assert(elements_met() == 7);
constexpr int elements_mapped() {
  int called = 0;
  auto const mapped = cf::tree_map([&](auto const& leaf) { return ++called, leaf; }, layered{});
  static_assert(std::is_same_v<decltype(mapped), layered const>);
  return called;
}
static_assert(elements_mapped() == 7);
constexpr auto numbered = cf::tree_map([n = 0](auto const&) mutable { return ++n; }, layered{});
static_assert(std::get<0>(numbered) == 1 && std::get<1>(numbered)[0] == std::pair{2, 3} && std::get<1>(numbered)[2] == std::pair{6, 7});
static_assert(cf::sum_tensors(layered{}) == 48 && std::tuple_size_v<decltype(cf::tree_leaves(layered{}))> == 7);
static_assert(cf::tree_structure(layered{}) == cf::tree_structure(numbered));
static_assert(!(cf::tree_structure(layered{}) == cf::tree_structure(std::tuple<tag, std::array<std::pair<t4, tag>, 2>>{})));
static_assert(cf::tree_unflatten(cf::tree_structure(layered{}), cf::tree_leaves(numbered)) == numbered);

}  // namespace
