// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/image.hpp
/// What a plain struct maps to when its children change type: a node with the struct's keys and the mapped children.

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

template <class T>
struct node_traits;

/// The image of a struct `Origin` under a map that changed the types of its children; `Origin` itself where it did not.
/// Children are read by position or by member, and by structured bindings:
/// `get<0>(i)`, `get<&layer::wq>(i)`, `auto const& [wq, wo] = i;`. Mapping an image back to the field types of `Origin` yields an `Origin`.
template <class Origin, class... Children>
class image {
 public:
  using origin = Origin;

  constexpr image() = default;
  constexpr explicit image(boost::hana::basic_tuple<Children...> children) : children_(std::move(children)) {}

  template <std::size_t I>
  [[nodiscard]] constexpr auto const& at() const {
    return boost::hana::at_c<I>(children_);
  }
  template <std::size_t I>
  [[nodiscard]] constexpr auto& at() {
    return boost::hana::at_c<I>(children_);
  }

  [[nodiscard]] friend constexpr bool operator==(image const& a, image const& b) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) { return (true && ... && (a.template at<I>() == b.template at<I>())); }
    (std::index_sequence_for<Children...>{});
  }

 private:
  [[no_unique_address]] boost::hana::basic_tuple<Children...> children_;
};

/// get<I>(image), get<&Origin::member>(image): the mapped child. There is none for a member that is no child of `Origin`.
template <std::size_t I, class Origin, class... Children>
  requires(I < sizeof...(Children))
[[nodiscard]] constexpr auto const& get(image<Origin, Children...> const& i) { return i.template at<I>(); }
template <auto Member, class Origin, class... Children>
  requires std::is_member_object_pointer_v<decltype(Member)> && std::is_invocable_v<decltype(Member), Origin const&> &&
      (node_traits<Origin>::template position<Member>() < sizeof...(Children))
          [[nodiscard]] constexpr auto const& get(image<Origin, Children...> const& i) {
    return i.template at<node_traits<Origin>::template position<Member>()>();
  }

}  // namespace commfold

template <class Origin, class... Children>
struct std::tuple_size<commfold::image<Origin, Children...>> : std::integral_constant<std::size_t, sizeof...(Children)> {};
template <std::size_t I, class Origin, class... Children>
struct std::tuple_element<I, commfold::image<Origin, Children...>> : std::tuple_element<I, std::tuple<Children...>> {};
