// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/packs.hpp
/// What fold expressions do, for packs of any length: `all_true`, `in_order`, `for_each_index`. clang nests fold expressions at most 256
/// deep, and a node may have more children.

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class List>
using indices_of = std::make_index_sequence<boost::mp11::mp_size<List>::value>;

/// Whether all of some answers are true.
constexpr bool all_true(std::initializer_list<bool> answers) {
  for (bool const answer : answers)
    if (!answer) return false;
  return true;
}

/// `in_order{(statement, true)...};` evaluates the statements from left to right: braces promise that order.
struct in_order {
  constexpr in_order(std::initializer_list<bool>) {}
};

/// for_each_index<N>(f): f(std::integral_constant<std::size_t, I>{}) for I = 0, 1, ..., N - 1.
template <std::size_t N, class F>
constexpr void for_each_index(F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    in_order{(static_cast<void>(f(std::integral_constant<std::size_t, I>{})), true)...};
  }(std::make_index_sequence<N>{});
}

}  // namespace commfold::detail
