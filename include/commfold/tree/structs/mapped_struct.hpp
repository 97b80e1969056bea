// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/mapped_struct.hpp
/// What a plain struct maps to when its children change type: a node with the struct's keys and the mapped children.

#include <commfold/tree/leaf_tuple.hpp>
#include <commfold/tree/type_at.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

/// The mapped form of a struct `Origin` under a map that changed the types of its children; `Origin` itself where it did not.
/// Children are read by position or by member, and by structured bindings:
/// `get<0>(i)`, `get<&layer::wq>(i)`, `auto const& [wq, wo] = i;`. Mapping an image back to the field types of `Origin` yields an `Origin`.
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

/// get<I>(image), get<&Origin::member>(image): the mapped child. There is none for a member that is no child of `Origin`.
template <std::size_t I, class Origin, class... Children>
  requires(I < sizeof...(Children))
[[nodiscard]] constexpr auto const& get(mapped_struct<Origin, Children...> const& i) {
  return i.template at<I>();
}
template <auto Member, class Origin, class... Children>
  requires std::is_member_object_pointer_v<decltype(Member)> && std::is_invocable_v<decltype(Member), Origin const&> &&
           (node_traits<Origin>::template position<Member>() < sizeof...(Children))
[[nodiscard]] constexpr auto const& get(mapped_struct<Origin, Children...> const& i) {
  return i.template at<node_traits<Origin>::template position<Member>()>();
}

}  // namespace commfold

template <class Origin, class... Children>
struct std::tuple_size<commfold::mapped_struct<Origin, Children...>> : std::integral_constant<std::size_t, sizeof...(Children)> {};
template <std::size_t I, class Origin, class... Children>
struct std::tuple_element<I, commfold::mapped_struct<Origin, Children...>>
    : std::type_identity<commfold::detail::type_at<I, boost::mp11::mp_list<Children...>>> {};
