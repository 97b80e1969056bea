// SPDX-License-Identifier: BSL-1.0
// BENCHMARK_SIZE distinct tensors in nodes of 16, each mapped to a tensor of half its bytes: the result is a tree of other types, which
// is compared with the one expected. The program that only names the types names the tree and the expected one.
//
//   COMMFOLD_TUPLE    tree_map_only over std::tuple
//   COMMFOLD_HANA     tree_map_only over hana::tuple
//   COMMFOLD_STRUCT   tree_map_only over a tuple of plain structs of 16 fields, which become mapped structs
//   HANA_TRANSFORM    hana::transform, nested, over hana::tuple of hana::tuple
//   STD_APPLY         std::apply, nested, to a function that makes the new tuple of all results at once
//   MP11_TRANSFORM    tuple_transform, nested
//   RECURSION         the first element, and std::tuple_cat with the result of the rest
// The peers map everything they find; they have no leaves that stay.
#include "rows.hpp"

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#if defined(PEER_COMMFOLD_TUPLE) || defined(PEER_COMMFOLD_STRUCT)
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>
#elif defined(PEER_COMMFOLD_HANA)
#include <commfold/adapt/hana.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>
#elif defined(PEER_HANA_TRANSFORM)
#include <boost/hana/transform.hpp>
#include <boost/hana/tuple.hpp>
#elif defined(PEER_MP11_TRANSFORM)
#include <boost/mp11/tuple.hpp>
#endif

namespace cf = commfold;
using trees::halve_fn;
using trees::node;

#ifdef PEER_COMMFOLD_STRUCT
template <class Row, class Leaves = std::make_index_sequence<16>>
struct image_of;
template <std::size_t I, std::size_t... J>
struct image_of<trees::block<I>, std::index_sequence<J...>> {
  using type = cf::mapped_struct<trees::block<I>, trees::half_leaf<16 * I + J>...>;
};
template <std::size_t I>
struct image_row {
  using type = typename image_of<trees::block<I>>::type;
};
using tree = trees::of_rows<std::tuple, trees::defined_block, 16>::type;
using expected = trees::of_rows<std::tuple, image_row, 16>::type;
#else
using tree = trees::of_rows<node, trees::row_of<node, trees::leaf>::row, 16>::type;
using expected = trees::of_rows<node, trees::row_of<node, trees::half_leaf>::row, 16>::type;
#endif

#ifdef ASK
#if defined(PEER_HANA_TRANSFORM)

struct halve_row_fn {
  template <class Row>
  constexpr auto operator()(Row const& row) const {
    return boost::hana::transform(row, halve_fn{});
  }
};
constexpr auto halved(tree const& t) { return boost::hana::transform(t, halve_row_fn{}); }

#elif defined(PEER_STD_APPLY)

template <class F>
struct each_fn {
  template <class... T>
  constexpr auto operator()(T const&... elements) const {
    return std::tuple<decltype(F{}(elements))...>(F{}(elements)...);
  }
};
struct halve_row_fn {
  template <class Row>
  constexpr auto operator()(Row const& row) const {
    return std::apply(each_fn<halve_fn>{}, row);
  }
};
constexpr auto halved(tree const& t) { return std::apply(each_fn<halve_row_fn>{}, t); }

#elif defined(PEER_MP11_TRANSFORM)

struct halve_row_fn {
  template <class Row>
  constexpr auto operator()(Row const& row) const {
    return boost::mp11::tuple_transform(halve_fn{}, row);
  }
};
constexpr auto halved(tree const& t) { return boost::mp11::tuple_transform(halve_row_fn{}, t); }

#elif defined(PEER_RECURSION)

template <std::size_t I, class F, class Tuple>
constexpr auto mapped_from(F f, Tuple const& tuple) {
  if constexpr (I == std::tuple_size_v<Tuple>)
    return std::tuple<>();
  else
    return std::tuple_cat(std::make_tuple(f(std::get<I>(tuple))), mapped_from<I + 1>(f, tuple));
}
struct halve_row_fn {
  template <class Row>
  constexpr auto operator()(Row const& row) const {
    return mapped_from<0>(halve_fn{}, row);
  }
};
constexpr auto halved(tree const& t) { return mapped_from<0>(halve_row_fn{}, t); }

#else

constexpr auto halved(tree const& t) { return cf::tree_map_only(cf::is_tensor, halve_fn{}, t); }

#endif
static_assert(std::is_same_v<decltype(::halved(std::declval<tree const&>())), expected>);
#else
extern tree* named;
extern expected* named_too;
#endif
