// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/rebuild.hpp
/// The recursion of every algorithm that makes a tree of other leaves: rebuild(f, path, tree, others...).

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/described.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/stateless.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/walk.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace commfold::detail::walks {

/// Makes a node of children that are evaluated from left to right: braces promise that order, the arguments of a call do not.
template <class Traits, class... Children>
struct made_in_order {
  using node = decltype(Traits::make(std::declval<Children>()...));
  node value;
  constexpr explicit made_in_order(Children&&... children) : value(Traits::make(static_cast<Children&&>(children)...)) {}
  constexpr node take() { return std::move(value); }
};

/// A node that is walked by its type is not made of its children: they are evaluated, and then there is nothing to hold.
template <class Traits, class... Children>
  requires(all_true({stateless<Children>...}) && read_by_type<decltype(Traits::make(std::declval<Children>()...))>)
struct made_in_order<Traits, Children...> {
  using node = decltype(Traits::make(std::declval<Children>()...));
  constexpr explicit made_in_order(Children const&...) {}
  constexpr node take() { return {}; }
};

/// An F that only hands leaves of these types on to a function of the user's, which is its member `f`.
template <class F, class... Leaves>
concept only_forwards = requires { requires F::template only_forwards<Leaves...>; };

/// The algorithms that make trees, for messages.
enum class maker : unsigned char { map, map_with_path, map_only, map_only_with_path, structure, unflatten };

/// A function of the leaves that a verb hands to `rebuild`.
template <maker By, class F>
struct made_by : F {
  static constexpr maker by = By;
};

/// True, or the compile error, whose sentence C++20 takes as a literal only: whether a node that maps to one type can hold what its leaves
/// became.
template <maker By, bool Fits>
consteval bool fits_mapped_type() {
  static_assert(
      Fits || By != maker::map,
      "commfold::tree_map: this type maps to the `mapped` of its node_traits alone, and the leaves became what that does not hold");
  static_assert(Fits || By != maker::map_with_path,
                "commfold::tree_map_with_path: this type maps to the `mapped` of its node_traits alone, and the leaves became what that "
                "does not hold");
  static_assert(Fits || By != maker::map_only,
                "commfold::tree_map_only: this type maps to the `mapped` of its node_traits alone, and the leaves became what that does "
                "not hold");
  static_assert(Fits || By != maker::map_only_with_path,
                "commfold::tree_map_only_with_path: this type maps to the `mapped` of its node_traits alone, and the leaves became what "
                "that does not hold");
  static_assert(Fits || By != maker::structure,
                "commfold::tree_structure: this type maps to the `mapped` of its node_traits alone, which does not hold its leaves");
  static_assert(Fits || By != maker::unflatten,
                "commfold::tree_unflatten: a type of this tree maps to the `mapped` of its node_traits alone, which does not hold these "
                "leaves");
  return Fits;
}

struct rebuild_fn {
  template <class F, class Path, class Node, class... Others>
  constexpr auto operator()(F& f, Path const& path, Node& node, Others&... others) const {
    return rebuilt(f, path, node, others...);
  }

  // The return type is known before the body is, so a type may be met again below itself. Not constexpr: clang instantiates constexpr
  // bodies eagerly, and so this one while the return type of its caller is still being deduced.
  template <class F, class Path, has_fixed_mapped_type Node, class... Others>
  typename node_traits_of<Node>::mapped operator()(F& f, Path const& path, Node& node, Others&... others) const {
    using mapped = typename node_traits_of<Node>::mapped;
    if constexpr (fits_mapped_type<F::by, std::is_convertible_v<decltype(rebuilt(f, path, node, others...)), mapped>>())
      return rebuilt(f, path, node, others...);
    else
      std::abort();  // so that this is the only error
  }

 private:
  template <class F, class Path, class Node, class... Others>
  static constexpr auto rebuilt(F& f, Path const& path, Node& node, Others&... others) {
    using traits = node_traits_of<Node>;
    constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
    if constexpr (kind == node_kind::product) {
      if constexpr (walks_alone<Path, Others...> && binds_children<Node>)
        return traits::with_children(node, [&](auto&... children) { return rebuild_each<traits>(f, children...); });
      else
        return rebuild_children(typename traits::children{}, indices_of<typename traits::children>{}, f, path, node, others...);
    } else if constexpr (kind == node_kind::sequence) {
      static_assert(described<std::remove_cv_t<Node>>);
      (expect_same_count(path, traits::count(node), node_traits_of<Others>::count(others)), ...);
      auto entry = traits::begin(node);
      return [&](auto... following) {
        std::size_t n = 0;
        auto const next = [&] {
          auto&& item = *entry;
          auto const here = path.template to_entry<Node>(n, item);
          auto child = rebuild_fn{}(f, here, child_of_entry<Node>(item), following.template child<Node>(here, item)...);
          ++n, ++entry, (following.advance(), ...);
          return child;
        };
        return traits::template make<decltype(next())>(node, next);
      }(follower<Others>(others)...);
    } else if constexpr (kind == node_kind::choice) {
      std::size_t const held = traits::index(node);
      return [&]<std::size_t... I>(std::index_sequence<I...>) {
        auto const alternative = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) {
          return traits::template make<J, decltype(walks::walk_alternative<I>(rebuild_fn{}, f, path, node, others...))...>(
              walks::walk_alternative<J>(rebuild_fn{}, f, path, node, others...));
        };
        using made = decltype(alternative(std::integral_constant<std::size_t, 0>{}));
        // A table and not a chain of conditions, behind the last of which there would be nothing to return.
        constexpr made (*table[])(decltype(alternative) const&) = {made_of<I, made, decltype(alternative)>...};
        return table[held](alternative);
      }(indices_of<typename traits::alternatives>{});
    } else {
      static_assert(described<std::remove_cv_t<Node>>);
      return f(path, node, others...);
    }
  }

  /// One entry of a table of alternatives. A function, since g++ 16 does not call a lambda through a pointer in a constant.
  template <std::size_t I, class Made, class Alternative>
  static constexpr Made made_of(Alternative const& alternative) {
    return alternative(std::integral_constant<std::size_t, I>{});
  }

  template <class... Children, std::size_t... I, class F, class Path, class Node, class... Others>
  static constexpr auto rebuild_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, Path const& path, Node& node,
                                         Others&... others) {
    using traits = node_traits_of<Node>;
    if constexpr (walks_alone<Path, Others...>) {
      return rebuild_each<traits>(f, detail::child_of<I, Children>(node)...);
    } else {
      using made = made_in_order<traits, decltype(walks::walk_child<I, Children>(rebuild_fn{}, f, path, node, others...))...>;
      return made{walks::walk_child<I, Children>(rebuild_fn{}, f, path, node, others...)...}.take();
    }
  }

  template <class... Children, std::size_t... I, class F, class T>
  static constexpr auto rebuild_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, no_path const&,
                                         type_proxy<T> const&) {
    return rebuild_each<node_traits<T>>(f, instead_of<Children>...);
  }

  /// The children of one tree without paths. Where all are leaves, f is called directly, or the user's function where f only forwards.
  template <class Traits, class F, class... Children>
  static constexpr auto rebuild_each(F& f, Children&... children) {
    if constexpr (!are_leaves({kind_of<std::remove_const_t<Children>>...})) {
      using made = made_in_order<Traits, decltype(rebuild_fn{}(f, no_path{}, children))...>;
      return made{rebuild_fn{}(f, no_path{}, children)...}.take();
    } else if constexpr (only_forwards<F, std::remove_const_t<Children>...>) {
      using made = made_in_order<Traits, decltype(f.f(children))...>;
      return made{f.f(children)...}.take();
    } else {
      using made = made_in_order<Traits, decltype(f(no_path{}, children))...>;
      return made{f(no_path{}, children)...}.take();
    }
  }
};

/// rebuild(f, path, t, others...): the tree of f(path, leaf, others' subtrees there...), with f called in the order of the leaves. Where t
/// has a node with a fixed `mapped` type, f says on whose behalf, as `by`.
inline constexpr rebuild_fn rebuild{};

}  // namespace commfold::detail::walks
