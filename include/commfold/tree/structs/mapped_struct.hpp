// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/mapped_struct.hpp
/// What a plain struct maps to when its children change type: a node with the struct's keys and the mapped children.

#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/type_at.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

/// What `tree_map` makes of a struct `Origin` when the map changes the types of its children; where it does not, it makes an `Origin`.
/// Children are read by position, by member and by structured bindings: `get<0>(m)`, `get<&layer::wq>(m)`, `auto const& [wq, wo] = m;`.
/// A map back to the types of the fields of `Origin` makes an `Origin` again.
template <class Origin, class... Children>
class mapped_struct {
 public:
  using origin = Origin;

  constexpr mapped_struct() = default;
  constexpr explicit mapped_struct(leaf_tuple<Children...> children) : children_(std::move(children)) {}

  template <std::size_t I>
  [[nodiscard]] constexpr auto const& at() const {
    return children_.template at<I>();
  }
  template <std::size_t I>
  [[nodiscard]] constexpr auto& at() {
    return children_.template at<I>();
  }

  /// The children side by side.
  [[nodiscard]] constexpr leaf_tuple<Children...> const& children() const { return children_; }

 private:
  [[no_unique_address]] leaf_tuple<Children...> children_;
};

/// Equal when the children are.
template <class Origin, class... Children>
[[nodiscard]] constexpr bool operator==(mapped_struct<Origin, Children...> const& a, mapped_struct<Origin, Children...> const& b) {
  return a.children() == b.children();
}

template <class Origin, class... Children>
inline constexpr bool stateless<mapped_struct<Origin, Children...>> = stateless<std::tuple<Children...>>;

namespace detail {
template <class Origin, class... Children>
inline constexpr bool holds_only_children<mapped_struct<Origin, Children...>> = true;
}  // namespace detail

/// get<I>(m), get<&Origin::member>(m): the mapped child. A member that is no child of `Origin` is refused.
template <std::size_t I, class Origin, class... Children>
  requires(I < sizeof...(Children))
[[nodiscard]] constexpr auto const& get(mapped_struct<Origin, Children...> const& m) {
  return m.template at<I>();
}
template <auto Member, class Origin, class... Children>
  requires std::is_member_object_pointer_v<decltype(Member)> && std::is_invocable_v<decltype(Member), Origin const&> &&
           (node_traits<Origin>::template position<Member>() < sizeof...(Children))
[[nodiscard]] constexpr auto const& get(mapped_struct<Origin, Children...> const& m) {
  return m.template at<node_traits<Origin>::template position<Member>()>();
}

}  // namespace commfold

template <class Origin, class... Children>
struct std::tuple_size<commfold::mapped_struct<Origin, Children...>> : std::integral_constant<std::size_t, sizeof...(Children)> {};
template <std::size_t I, class Origin, class... Children>
struct std::tuple_element<I, commfold::mapped_struct<Origin, Children...>>
    : std::type_identity<commfold::detail::type_at<I, boost::mp11::mp_list<Children...>>> {};
