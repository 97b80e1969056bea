// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/leaf_tuple.hpp
/// Values of different types side by side: flattened leaves, and the children of a `mapped_struct`.

#include <commfold/tree/packs.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/type_at.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

/// Values, each with its type: `get<0>(t)`, `t.at<0>()`, `auto const& [a, b] = t;`. Where all values are stateless it holds nothing, and
/// compiles as fast as its name: `tree_leaves` of 1024 distinct static tensors takes 0.06 s with g++ 12 and 0.10 s with clang 19 above
/// naming them, where constructing one `hana::basic_tuple` of them took 4.6 s. Otherwise it holds a `hana::basic_tuple`.
/// (The case COMMFOLD_LEAVES of benchmarks/compile_time/tree_flatten.cpp measures it.)
template <class... T>
class leaf_tuple {
 public:
  constexpr leaf_tuple() = default;

  template <class... U>
    requires(sizeof...(U) > 0 && sizeof...(U) == sizeof...(T) &&
             !std::is_same_v<boost::mp11::mp_list<std::remove_cvref_t<U>...>, boost::mp11::mp_list<leaf_tuple>>)
  constexpr explicit leaf_tuple(U&&... values) : held_(std::forward<U>(values)...) {}

  template <std::size_t I>
  [[nodiscard]] constexpr auto const& at() const {
    return boost::hana::at_c<I>(held_);
  }
  template <std::size_t I>
  [[nodiscard]] constexpr auto& at() {
    return boost::hana::at_c<I>(held_);
  }

 private:
  [[no_unique_address]] boost::hana::basic_tuple<T...> held_;
};

template <class... T>
leaf_tuple(T...) -> leaf_tuple<T...>;

/// Stateless values are not held.
template <class... T>
  requires(stateless<std::tuple<T...>>)
class leaf_tuple<T...> {
 public:
  constexpr leaf_tuple() = default;
  constexpr explicit leaf_tuple(T const&...)
    requires(sizeof...(T) > 0)
  {}

  template <std::size_t I>
  [[nodiscard]] constexpr auto const& at() const {
    return detail::stateless_instance<detail::type_at<I, boost::mp11::mp_list<T...>>>;
  }
};

template <class... T>
inline constexpr bool stateless<leaf_tuple<T...>> = stateless<std::tuple<T...>>;

namespace detail {
template <class... T>
inline constexpr bool holds_only_children<leaf_tuple<T...>> = true;
}  // namespace detail

/// Equal when the values are.
template <class... T>
[[nodiscard]] constexpr bool operator==(leaf_tuple<T...> const& a, leaf_tuple<T...> const& b) {
  if constexpr (stateless<leaf_tuple<T...>>)
    return true;
  else
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return detail::all_true({(a.template at<I>() == b.template at<I>())...});
    }(std::index_sequence_for<T...>{});
}

template <std::size_t I, class... T>
  requires(I < sizeof...(T))
[[nodiscard]] constexpr auto const& get(leaf_tuple<T...> const& t) {
  return t.template at<I>();
}
template <std::size_t I, class... T>
  requires(I < sizeof...(T))
[[nodiscard]] constexpr auto& get(leaf_tuple<T...>& t) {
  return t.template at<I>();
}

}  // namespace commfold

template <class... T>
struct std::tuple_size<commfold::leaf_tuple<T...>> : std::integral_constant<std::size_t, sizeof...(T)> {};
template <std::size_t I, class... T>
struct std::tuple_element<I, commfold::leaf_tuple<T...>> : std::type_identity<commfold::detail::type_at<I, boost::mp11::mp_list<T...>>> {};
