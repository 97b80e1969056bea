// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/visit.hpp
/// The recursion of every algorithm that looks at leaves and builds nothing: visit(f, path, tree, others...).

#include <commfold/tree/congruence.hpp>
#include <commfold/tree/described.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/type_proxy.hpp>
#include <commfold/tree/walk.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::detail::walks {

struct visit_fn {
  template <class F, class Path, class Node, class... Others>
  constexpr bool operator()(F& f, Path const& path, Node& node, Others&... others) const {
    using traits = node_traits_of<Node>;
    constexpr node_kind kind = kind_of<std::remove_cv_t<Node>>;
    if constexpr (kind == node_kind::product) {
      if constexpr (walks_alone<Path, Others...> && binds_children<Node>)
        return traits::with_children(node, [&](auto&... children) { return visit_each(f, children...); });
      else
        return visit_children(typename traits::children{}, indices_of<typename traits::children>{}, f, path, node, others...);
    } else if constexpr (kind == node_kind::sequence) {
      static_assert(described<std::remove_cv_t<Node>>);
      std::size_t const count = traits::count(node);
      (expect_same_count(path, count, node_traits_of<Others>::count(others)), ...);
      auto entry = traits::begin(node);
      return [&](auto... following) {
        for (std::size_t n = 0; n != count; ++n, ++entry, (following.advance(), ...)) {
          auto&& item = *entry;  // a value where there is nothing to refer to, as in a std::vector<bool>
          auto const here = path.template to_entry<Node>(n, item);
          if (!visit_fn{}(f, here, child_of_entry<Node>(item), following.template child<Node>(here, item)...)) return false;
        }
        return true;
      }(follower<Others>(others)...);
    } else if constexpr (kind == node_kind::choice) {
      std::size_t const held = traits::index(node);
      bool go_on = true;
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)((held == I && (go_on = walks::walk_alternative<I>(visit_fn{}, f, path, node, others...), true)) || ...);
      }(indices_of<typename traits::alternatives>{});
      return go_on;
    } else {
      static_assert(described<std::remove_cv_t<Node>>);
      return f(path, node, others...);
    }
  }

 private:
  template <class... Children, std::size_t... I, class F, class Path, class Node, class... Others>
  static constexpr bool visit_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, Path const& path, Node& node,
                                       Others&... others) {
    if constexpr (walks_alone<Path, Others...>) {
      return visit_each(f, detail::child_of<I, Children>(node)...);
    } else {
      bool go_on = true;
      in_order{(go_on = go_on && walks::walk_child<I, Children>(visit_fn{}, f, path, node, others...))...};
      return go_on;
    }
  }

  template <class... Children, std::size_t... I, class F, class T>
  static constexpr bool visit_children(boost::mp11::mp_list<Children...>, std::index_sequence<I...>, F& f, no_path const&,
                                       type_proxy<T> const&) {
    return visit_each(f, instead_of<Children>...);
  }

  /// The children of one tree without paths. Where all are leaves, f is called directly.
  template <class F, class... Children>
  static constexpr bool visit_each(F& f, Children&... children) {
    bool go_on = true;
    if constexpr (are_leaves({kind_of<std::remove_const_t<Children>>...}))
      in_order{(go_on = go_on && f(no_path{}, children))...};
    else
      in_order{(go_on = go_on && visit_fn{}(f, no_path{}, children))...};
    return go_on;
  }
};

/// visit(f, path, t, others...): f(path, leaf, others' subtrees there...) for each leaf of t in order, as long as f answers true. Returns
/// whether it always did.
inline constexpr visit_fn visit{};

}  // namespace commfold::detail::walks
