// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/fields.hpp
/// `fields<&T::a, ...>`: the one-line registration of a class as a product of the members that it names.

#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>
#include <commfold/tree/structs/names.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {
template <class Pointer>
struct member_of;
template <class Class, class Member>
struct member_of<Member Class::*> {
  using owner = Class;
  using type = Member;
};
template <auto A, auto B>
inline constexpr bool same_member = false;
template <auto A>
inline constexpr bool same_member<A, A> = true;
}  // namespace detail

/// The traits of a class as a product of the named members, in the order given, with their names as keys:
/// ```cpp
/// template <> struct commfold::node_traits<mlp> : commfold::fields<&mlp::w, &mlp::b> {};
/// ```
/// Members that are not named are no part of the tree. To be mapped the class must be default constructible: in what it maps to, they hold
/// their defaults. Name only members that the class itself declares: `&derived::x` of a member of a base is a pointer to a member of the
/// base, so a map would make a base.
template <auto First, auto... Members>
struct fields {
  using owner = typename detail::member_of<decltype(First)>::owner;
  using children = boost::mp11::mp_list<std::remove_cv_t<typename detail::member_of<decltype(First)>::type>,
                                        std::remove_cv_t<typename detail::member_of<decltype(Members)>::type>...>;

  template <std::size_t I, class Node>
  [[nodiscard]] static constexpr auto& child(Node& node) {
    return node.*boost::hana::at_c<I>(pointers);
  }

  [[nodiscard]] static constexpr std::array<std::string_view, 1 + sizeof...(Members)> keys() {
    return {detail::name_of_pointer<First>, detail::name_of_pointer<Members>...};
  }

  template <auto Member>
  [[nodiscard]] static consteval std::size_t position() {
    constexpr bool same[] = {detail::same_member<Member, First>, detail::same_member<Member, Members>...};
    std::size_t at = 0;
    while (at < 1 + sizeof...(Members) && !same[at]) ++at;
    return at;
  }

  template <class... U>
  [[nodiscard]] static constexpr auto make(U&&... u) {
    if constexpr (std::is_same_v<children, boost::mp11::mp_list<std::remove_cvref_t<U>...>>) {
      owner made{};
      [&]<std::size_t... I>(std::index_sequence<I...>) { ((child<I>(made) = std::forward<U>(u)), ...); }(std::index_sequence_for<U...>{});
      return made;
    } else {
      return mapped_struct<owner, std::remove_cvref_t<U>...>(leaf_tuple<std::remove_cvref_t<U>...>(std::forward<U>(u)...));
    }
  }

 private:
  static constexpr auto pointers = boost::hana::basic_tuple<decltype(First), decltype(Members)...>(First, Members...);
};

}  // namespace commfold
