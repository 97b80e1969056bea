// SPDX-License-Identifier: BSL-1.0
// The bytes of BENCHMARK_SIZE distinct leaves in plain structs of 8 fields, the structs in a tree of 16-wide tuples.
//
// A program that has structs has defined them, so the program that only names the types completes them, too. A peer has nothing of the
// library but the type of the leaves, as in sum.hpp.
//
//   COMMFOLD          sum_tensors_v of the structs
//   COMMFOLD_TUPLES   sum_tensors_v of the same leaves in tuples of 8, which are named and not completed
//   HANA_UNPACK       the fields declared by BOOST_HANA_DEFINE_STRUCT; hana::unpack of hana::members
//   STD_APPLY         std::apply over the references of boost::pfr::structure_tie
//   MP11_TRANSFORM    the types of the fields from boost::pfr, a list of them, mp_transform and mp_plus
//   BY_HAND           a variable template with a specialisation for this one struct, which names its fields
#include "trees.hpp"

#include <cstddef>
#include <tuple>
#include <utility>
#if defined(PEER_COMMFOLD) || defined(PEER_COMMFOLD_TUPLES)
#include <commfold/tree/sum.hpp>
#elif defined(PEER_HANA_UNPACK)
#include <boost/hana/define_struct.hpp>
#include <boost/hana/members.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>
#elif defined(PEER_STD_APPLY)
#include <boost/pfr/core.hpp>
#elif defined(PEER_MP11_TRANSFORM)
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/function.hpp>
#include <boost/mp11/integral.hpp>
#include <boost/mp11/list.hpp>
#include <boost/pfr/core.hpp>
#endif

namespace cf = commfold;
using trees::leaf;

template <std::size_t I>
struct block {
#ifdef PEER_HANA_UNPACK
  BOOST_HANA_DEFINE_STRUCT(block, (leaf<8 * I>, a), (leaf<8 * I + 1>, b), (leaf<8 * I + 2>, c), (leaf<8 * I + 3>, d), (leaf<8 * I + 4>, e),
                           (leaf<8 * I + 5>, f), (leaf<8 * I + 6>, g), (leaf<8 * I + 7>, h));
#else
  leaf<8 * I> a;
  leaf<8 * I + 1> b;
  leaf<8 * I + 2> c;
  leaf<8 * I + 3> d;
  leaf<8 * I + 4> e;
  leaf<8 * I + 5> f;
  leaf<8 * I + 6> g;
  leaf<8 * I + 7> h;
#endif
};

template <std::size_t I, class Fields = std::make_index_sequence<8>>
struct tuple_of_8;
template <std::size_t I, std::size_t... J>
struct tuple_of_8<I, std::index_sequence<J...>> {
  using type = std::tuple<leaf<8 * I + J>...>;
};

#ifdef PEER_COMMFOLD_TUPLES
template <std::size_t I>
struct child {
  using type = typename tuple_of_8<I>::type;
};
#else
template <std::size_t I>
struct child {
  using type = block<I>;
  static_assert(sizeof(type) != 0);
};
#endif

/// Sixteen blocks a node, as in the tree of tuples; the topmost has what is left.
template <std::size_t First, class Children = std::make_index_sequence<(BENCHMARK_SIZE / 8 < 16 ? BENCHMARK_SIZE / 8 : 16)>>
struct row;
template <std::size_t First, std::size_t... I>
struct row<First, std::index_sequence<I...>> {
  using type = std::tuple<typename child<First + I>::type...>;
};
template <std::size_t I>
struct row_of_16 {
  using type = typename row<16 * I>::type;
};

#if BENCHMARK_SIZE / 8 <= 16
using tree = row<0>::type;
#else
using tree = trees::of_rows<std::tuple, row_of_16, 128>::type;
#endif

#ifdef ASK
#if defined(PEER_COMMFOLD) || defined(PEER_COMMFOLD_TUPLES)

template <class T>
inline constexpr std::size_t bytes_of = cf::sum_tensors_v<T>;

#else

template <class T>
inline constexpr std::size_t bytes_of = 0;
template <std::size_t... E>
inline constexpr std::size_t bytes_of<cf::tensor<cf::f32, E...>> = (E * ... * 4);
template <class... T>
inline constexpr std::size_t bytes_of<std::tuple<T...>> = (0 + ... + bytes_of<T>);

#if defined(PEER_HANA_UNPACK)

struct total_fn {
  template <class... T>
  constexpr std::size_t operator()(T const&...) const {
    return (0 + ... + bytes_of<T>);
  }
};
template <std::size_t I>
inline constexpr std::size_t bytes_of<block<I>> = boost::hana::unpack(boost::hana::members(block<I>{}), total_fn{});

#elif defined(PEER_STD_APPLY)

struct total_fn {
  template <class... T>
  constexpr std::size_t operator()(T const&...) const {
    return (0 + ... + bytes_of<T>);
  }
};
template <std::size_t I>
constexpr std::size_t bytes_of_fields(block<I> const& b) {
  return std::apply(total_fn{}, boost::pfr::structure_tie(b));
}
template <std::size_t I>
inline constexpr std::size_t bytes_of<block<I>> = bytes_of_fields(block<I>{});

#elif defined(PEER_MP11_TRANSFORM)

template <class T>
using bytes = boost::mp11::mp_size_t<bytes_of<T>>;
template <std::size_t I>
inline constexpr std::size_t bytes_of<block<I>> =
    boost::mp11::mp_apply<boost::mp11::mp_plus, boost::mp11::mp_transform<bytes, decltype(boost::pfr::structure_to_tuple(
                                                                                     std::declval<block<I> const&>()))>>::value;

#elif defined(PEER_BY_HAND)

template <std::size_t I>
inline constexpr std::size_t bytes_of<block<I>> =
    bytes_of<decltype(block<I>::a)> + bytes_of<decltype(block<I>::b)> + bytes_of<decltype(block<I>::c)> + bytes_of<decltype(block<I>::d)> +
    bytes_of<decltype(block<I>::e)> + bytes_of<decltype(block<I>::f)> + bytes_of<decltype(block<I>::g)> + bytes_of<decltype(block<I>::h)>;

#endif
#endif
static_assert(bytes_of<tree> == trees::bytes_of_all);
#else
extern tree* named;
#endif
