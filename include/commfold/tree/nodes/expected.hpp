// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/nodes/expected.hpp
/// `std::expected` and those of other libraries as a choice of a value and an error, known by what they offer.

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail {

template <class T>
concept expected_class = requires(T const& result) {
  typename T::value_type;
  typename T::error_type;
  typename T::unexpected_type;
  { result.has_value() } -> std::same_as<bool>;
  result.error();
};

template <class T, class U, class E>
struct rebound_expected;
template <template <class...> class X, class T, class F, class U, class E>
struct rebound_expected<X<T, F>, U, E> {
  using type = X<U, E>;
};

/// What an expected without a value holds.
struct no_value {};

/// Alternative 0 is the value, alternative 1 the error.
template <class T>
struct expected_node {
  static constexpr bool is_void = std::is_void_v<typename T::value_type>;
  using alternatives = boost::mp11::mp_list<std::conditional_t<is_void, no_value, typename T::value_type>, typename T::error_type>;

  template <class Node>
  [[nodiscard]] static constexpr std::size_t index(Node& node) {
    return node.has_value() ? 0 : 1;
  }
  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    if constexpr (I == 1)
      return node.error();
    else if constexpr (is_void)
      return nothing;
    else
      return *node;
  }
  template <std::size_t I, class U, class E, class Child>
  [[nodiscard]] static constexpr auto make(Child&& child) {
    using made = typename rebound_expected<T, std::conditional_t<is_void, void, U>, E>::type;
    if constexpr (I == 1)
      return made(typename made::unexpected_type(std::forward<Child>(child)));
    else if constexpr (is_void)
      return made();
    else
      return made(std::forward<Child>(child));
  }

 private:
  static constexpr no_value nothing{};
};

}  // namespace commfold::detail
