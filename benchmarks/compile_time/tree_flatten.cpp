// SPDX-License-Identifier: BSL-1.0
// BENCHMARK_SIZE distinct tensors in nodes of 16, as one tuple of leaves: each leaf is put where it belongs, and the type of the tuple is
// compared with the one expected. The program that only names the types names the tree and the expected tuple.
//
//   COMMFOLD_TUPLE    tree_flatten over std::tuple, the leaves and the structure
//   COMMFOLD_HANA     tree_flatten over hana::tuple
//   COMMFOLD_STRUCT   tree_flatten over a tuple of plain structs of 16 fields
//   COMMFOLD_LEAVES   tree_leaves over std::tuple: the leaves without the structure, which is all that the peers answer
//   HANA_FLATTEN      hana::flatten over hana::tuple of hana::tuple
//   STD_APPLY         std::apply of std::tuple_cat to the nodes
//   MP11_FLATTEN      mp_flatten for the type of the tuple, and each leaf by two std::get: Mp11 has no tuple_cat
//   RECURSION         the first node, and std::tuple_cat with the result of the others
#include "rows.hpp"

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#if defined(PEER_COMMFOLD_TUPLE) || defined(PEER_COMMFOLD_STRUCT) || defined(PEER_COMMFOLD_LEAVES)
#include <commfold/tree/flatten.hpp>
#elif defined(PEER_COMMFOLD_HANA)
#include <commfold/adapt/hana.hpp>
#include <commfold/tree/flatten.hpp>
#elif defined(PEER_HANA_FLATTEN)
#include <boost/hana/flatten.hpp>
#include <boost/hana/tuple.hpp>
#elif defined(PEER_MP11_FLATTEN)
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#endif

namespace cf = commfold;
using trees::node;

#ifdef PEER_COMMFOLD_STRUCT
using tree = trees::of_rows<std::tuple, trees::defined_block, 16>::type;
#else
using tree = trees::of_rows<node, trees::row_of<node, trees::leaf>::row, 16>::type;
#endif

#if defined(PEER_COMMFOLD_TUPLE) || defined(PEER_COMMFOLD_HANA) || defined(PEER_COMMFOLD_STRUCT) || defined(PEER_COMMFOLD_LEAVES)
using expected = trees::flat<cf::leaf_tuple>::type;
#else
using expected = trees::flat<node>::type;
#endif

#ifdef ASK
#if defined(PEER_COMMFOLD_LEAVES)

constexpr auto flattened(tree const& t) { return cf::tree_leaves(t); }

#elif defined(PEER_HANA_FLATTEN)

constexpr auto flattened(tree const& t) { return boost::hana::flatten(t); }

#elif defined(PEER_STD_APPLY)

struct concatenate_fn {
  template <class... Row>
  constexpr auto operator()(Row const&... rows) const {
    return std::tuple_cat(rows...);
  }
};
constexpr auto flattened(tree const& t) { return std::apply(concatenate_fn{}, t); }

#elif defined(PEER_MP11_FLATTEN)

template <std::size_t... I>
constexpr auto flattened_to(tree const& t, std::index_sequence<I...>) {
  return boost::mp11::mp_flatten<tree>(std::get<I % 16>(std::get<I / 16>(t))...);
}
constexpr auto flattened(tree const& t) { return flattened_to(t, std::make_index_sequence<BENCHMARK_SIZE>{}); }

#elif defined(PEER_RECURSION)

template <std::size_t I>
constexpr auto flattened_from(tree const& t) {
  if constexpr (I == std::tuple_size_v<tree>)
    return std::tuple<>();
  else
    return std::tuple_cat(std::get<I>(t), flattened_from<I + 1>(t));
}
constexpr auto flattened(tree const& t) { return flattened_from<0>(t); }

#else

constexpr auto flattened(tree const& t) { return cf::tree_flatten(t).leaves; }

#endif
static_assert(std::is_same_v<decltype(::flattened(std::declval<tree const&>())), expected>);
#else
extern tree* named;
extern expected* named_too;
#endif
