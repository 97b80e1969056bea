// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/type_at.hpp
/// type_at<I, List>: the I-th type of an mp_list. Mp11 has it too, in a header that costs a tenth of all of ours to include.

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <utility>

namespace commfold::detail {

template <std::size_t I, class List>
struct nth_type;

#if defined(__has_builtin) && __has_builtin(__type_pack_element)

template <std::size_t I, class... T>
struct nth_type<I, boost::mp11::mp_list<T...>> {
  using type = __type_pack_element<I, T...>;
};

#else

// The first few are picked one by one, as most lists are short.
template <class T0, class... T>
struct nth_type<0, boost::mp11::mp_list<T0, T...>> {
  using type = T0;
};
template <class T0, class T1, class... T>
struct nth_type<1, boost::mp11::mp_list<T0, T1, T...>> {
  using type = T1;
};
template <class T0, class T1, class T2, class... T>
struct nth_type<2, boost::mp11::mp_list<T0, T1, T2, T...>> {
  using type = T2;
};
template <class T0, class T1, class T2, class T3, class... T>
struct nth_type<3, boost::mp11::mp_list<T0, T1, T2, T3, T...>> {
  using type = T3;
};

// For the others one class for a list, which derives from each type with its position; the base with position I is found by deduction.
template <std::size_t I, class T>
struct numbered {
  using type = T;
};
template <class Positions, class... T>
struct all_numbered;
template <std::size_t... I, class... T>
struct all_numbered<std::index_sequence<I...>, T...> : numbered<I, T>... {};

template <std::size_t I, class T>
numbered<I, T> numbered_at(numbered<I, T> const*);

template <std::size_t I, class... T>
struct nth_type<I, boost::mp11::mp_list<T...>> {
  using type = typename decltype(detail::numbered_at<I>(static_cast<all_numbered<std::index_sequence_for<T...>, T...>*>(nullptr)))::type;
};

#endif

template <std::size_t I, class List>
using type_at = typename nth_type<I, List>::type;

}  // namespace commfold::detail
