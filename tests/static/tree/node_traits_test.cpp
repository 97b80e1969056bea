// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using enum cf::node_kind;

using t4 = cf::tensor<cf::f32, 4>;

struct plain {
  t4 w;
  int steps;
};

// Every kind of node, and leaves.
static_assert(cf::kind_of<t4> == tensor && cf::kind_of<cf::tensor<cf::f32, cf::dyn>> == tensor);
static_assert(cf::kind_of<std::tuple<t4, int>> == product && cf::kind_of<std::tuple<>> == product);
static_assert(cf::kind_of<std::pair<t4, int>> == product);
static_assert(cf::kind_of<boost::hana::basic_tuple<t4, int>> == product);
static_assert(cf::kind_of<plain> == product);
static_assert(cf::kind_of<std::array<t4, 3>> == sequence && cf::kind_of<t4[3]> == sequence);
static_assert(cf::kind_of<std::vector<t4>> == sequence && cf::kind_of<std::deque<t4>> == sequence &&
              cf::kind_of<std::list<t4>> == sequence);
static_assert(cf::kind_of<std::span<t4>> == sequence && cf::kind_of<std::span<t4 const, 3>> == sequence);
static_assert(cf::kind_of<std::map<int, t4>> == sequence && cf::kind_of<std::unordered_map<std::string, t4>> == sequence);
static_assert(cf::kind_of<std::optional<t4>> == sequence && cf::kind_of<std::optional<int>> == sequence);
static_assert(cf::kind_of<std::shared_ptr<t4>> == sequence && cf::kind_of<std::unique_ptr<t4>> == sequence);
static_assert(cf::kind_of<t4*> == sequence && cf::kind_of<t4 const*> == sequence && cf::kind_of<plain*> == sequence);
static_assert(cf::kind_of<std::variant<t4, int>> == choice);
static_assert(cf::kind_of<int> == opaque && cf::kind_of<double> == opaque && cf::kind_of<std::nullptr_t> == opaque);
enum class colour { red };
static_assert(cf::kind_of<colour> == opaque);
static_assert(cf::kind_of<int (*)(int)> == opaque && cf::kind_of<int plain::*> == opaque);

// A string is one opaque leaf, and not a sequence of characters.
static_assert(cf::kind_of<std::string> == opaque);
static_assert(cf::leaf_count<std::string> == 1 && cf::leaf_count<std::tuple<std::string, t4>> == 2);

// A pointer is a node only where there is something behind it to look at.
struct incomplete;
union number_or_text {
  int number;
  char const* text;
};
static_assert(cf::kind_of<void*> == opaque && cf::kind_of<void const*> == opaque);
static_assert(cf::kind_of<char const*> == opaque && cf::kind_of<int*> == opaque);
static_assert(cf::kind_of<incomplete*> == sequence && cf::kind_of<incomplete> == undescribed);
static_assert(cf::kind_of<std::vector<t4>*> == sequence);

// const, volatile and references do not change what a type is.
static_assert(cf::kind_of<t4 const> == tensor && cf::kind_of<plain const> == product && cf::kind_of<std::array<t4, 3> const> == sequence);
static_assert(cf::product_node<plain const&> && cf::sequence_node<std::vector<t4>&> && cf::choice_node<std::variant<t4>&&>);
static_assert(cf::tree_node<plain> && !cf::tree_leaf<plain> && cf::tree_leaf<t4> && cf::tree_leaf<int const&> && !cf::tree_node<int>);
static_assert(!cf::product_node<std::vector<t4>> && !cf::sequence_node<plain> && !cf::choice_node<std::optional<t4>>);

// The order that decides: a declared tensor, a declared node, a tensor by mdspan's member types, a plain struct, a leaf.
struct words {
  using element_type = float;
  using extents_type = cf::extents<3, 5>;
};
struct speaks_mdspan : words {  // an aggregate too, but its member types outrank that
  constexpr extents_type extents() const { return {}; }
};
struct mdspan_aggregate {
  using element_type = float;
  using extents_type = cf::extents<3, 5>;
  constexpr extents_type extents() const { return {}; }
  t4 hidden;
};
static_assert(cf::kind_of<speaks_mdspan> == tensor && cf::kind_of<mdspan_aggregate> == tensor);
static_assert(cf::sum_tensors_v<mdspan_aggregate> == 60);

struct tuple_like_tensor {};
struct declared_twice {};
struct mdspan_node {
  using element_type = float;
  using extents_type = cf::extents<3, 5>;
  constexpr extents_type extents() const { return {}; }
  t4 a, b;
};
struct mdspan_left_alone : mdspan_aggregate {};
struct left_alone {
  t4 w;
};

struct shape_of_seven {
  using extents_type = cf::extents<7>;
  static constexpr cf::dtype dtype = cf::i8;
  template <class T>
  static constexpr extents_type extents(T const&) {
    return {};
  }
};
}  // namespace

template <>
struct std::tuple_size<tuple_like_tensor> : std::integral_constant<std::size_t, 2> {};
template <std::size_t I>
struct std::tuple_element<I, tuple_like_tensor> {
  using type = t4;
};
template <>
struct commfold::tensor_traits<tuple_like_tensor> : shape_of_seven {};
template <>
struct commfold::tensor_traits<declared_twice> : shape_of_seven {};
template <>
struct commfold::node_traits<declared_twice> : commfold::node_traits<std::tuple<t4, t4>> {};
template <>
struct commfold::node_traits<mdspan_node> : commfold::fields<&mdspan_node::a, &mdspan_node::b> {};
template <>
struct commfold::node_traits<mdspan_left_alone> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<left_alone> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<number_or_text> : commfold::opaque_leaf {};

namespace {

static_assert(cf::kind_of<tuple_like_tensor> == tensor && cf::sum_tensors_v<tuple_like_tensor> == 7);
static_assert(cf::kind_of<declared_twice> == tensor && cf::sum_tensors_v<declared_twice> == 7);
static_assert(cf::kind_of<mdspan_node> == product && cf::sum_tensors_v<mdspan_node> == 32);

// An opaque leaf weighs nothing and is not looked into, though it could be a node.
static_assert(cf::kind_of<left_alone> == opaque && cf::sum_tensors_v<left_alone> == 0 && cf::leaf_count<left_alone> == 1);
static_assert(cf::kind_of<mdspan_left_alone> == opaque && cf::sum_tensors_v<mdspan_left_alone> == 0);
static_assert(cf::kind_of<number_or_text> == opaque && cf::leaf_count<std::tuple<number_or_text, t4>> == 2);

// Naming a type does not complete it: completing this one is an error.
template <class T>
struct never_complete {
  static_assert(!std::is_same_v<T, T>, "completed");
};
static_assert(cf::kind_of<std::vector<never_complete<int>>> == sequence);
static_assert(cf::kind_of<std::tuple<never_complete<int>, t4>> == product);
static_assert(cf::kind_of<std::array<never_complete<int>, 3>> == sequence);
static_assert(cf::kind_of<std::variant<never_complete<int>, t4>> == choice);
static_assert(cf::kind_of<std::map<int, never_complete<int>>> == sequence);
static_assert(cf::kind_of<std::unique_ptr<incomplete>> == sequence && cf::kind_of<std::optional<incomplete>> == sequence);

// A tuple that cannot be completed can be summed: the sum asks the list of its children only.
template <std::size_t I>
struct weighed_unseen;
template <class T>
struct tuple_unseen;
}  // namespace

template <std::size_t I>
struct commfold::tensor_traits<weighed_unseen<I>> {
  using extents_type = commfold::extents<I>;
  static constexpr commfold::dtype dtype = commfold::f32;
  static extents_type extents(weighed_unseen<I> const&);
};
template <class T>
struct commfold::node_traits<tuple_unseen<T>> {
  using children = boost::mp11::mp_list<T, T>;
};

namespace {
static_assert(cf::kind_of<weighed_unseen<5>> == tensor && cf::static_tree_bytes<weighed_unseen<5>> == 20);
static_assert(cf::static_tree_bytes<tuple_unseen<weighed_unseen<5>>> == 40);
static_assert(cf::static_tree_bytes<std::tuple<weighed_unseen<5>, std::array<weighed_unseen<2>, 10>>> == 100);

}  // namespace
