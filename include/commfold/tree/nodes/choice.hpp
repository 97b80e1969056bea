// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/choice.hpp
/// `std::variant` as a choice.

#include <commfold/error.hpp>
#include <commfold/tree/node_traits.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <utility>
#include <variant>

namespace commfold {

/// A variant maps to a variant of the mapped alternatives, in the same order. One that is valueless by exception holds nothing that could
/// be summed or mapped: to look into it throws `invalid_argument`.
template <class... T>
struct node_traits<std::variant<T...>> {
  using alternatives = boost::mp11::mp_list<T...>;
  template <class Node>
  [[nodiscard]] static constexpr std::size_t index(Node& node) {
    if (node.valueless_by_exception())
      detail::fail<invalid_argument>("commfold::node_traits: a std::variant is valueless by exception; give it a value first");
    return node.index();
  }
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    // Not std::get_if: in constant expressions g++ 12 refuses the address of a temporary.
    return std::get<I>(node);
  }
  template <std::size_t I, class... U, class Child>
  [[nodiscard]] static constexpr std::variant<U...> make(Child&& child) {
    return std::variant<U...>(std::in_place_index<I>, std::forward<Child>(child));
  }
};

}  // namespace commfold
