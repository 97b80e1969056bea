// SPDX-License-Identifier: BSL-1.0
// Both paths to the bytes of a static tree: where the quick one answers it answers as the exact one does, and elsewhere it does not answer.
#include <commfold/adapt/hana.hpp>
#include <commfold/tree/sum.hpp>

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/tuple.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using cf::bf16, cf::dyn, cf::f32, cf::tensor, cf::u8;
using cf::detail::too_many_bytes;

template <cf::dtype D, std::size_t... E>
struct foreign {};
struct opted_out {};
struct pair_of_fields {
  tensor<f32, 4> a;
  std::tuple<tensor<bf16, 3>, int> b;
};
struct nothing {};
using private_pair = std::pair<tensor<f32, 4>, opted_out>;
using private_tuple = std::tuple<tensor<f32, 4>, opted_out>;

template <std::size_t... I>
std::tuple<tensor<u8, I>...> row(std::index_sequence<I...>);
template <std::size_t N>
using wide = decltype(row(std::make_index_sequence<N>{}));

}  // namespace

template <cf::dtype D, std::size_t... E>
struct commfold::tensor_traits<foreign<D, E...>> : commfold::tensor_traits<commfold::tensor<D, E...>> {
  static constexpr auto extents(foreign<D, E...> const&) { return commfold::extents<E...>{}; }
};
template <>
struct commfold::node_traits<private_pair> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<private_tuple> : commfold::opaque_leaf {};
template <>
struct commfold::node_traits<opted_out> : commfold::opaque_leaf {};

namespace {

constexpr bool quick(double bytes) { return bytes < cf::detail::quick_limit; }

/// The whole tree and the exact path alone say `Bytes`, and the quick path says it if it `Answers`.
template <class T, bool Answers, std::size_t Bytes>
constexpr bool says =
    cf::static_tree_bytes<T> == Bytes && cf::detail::exact_bytes<T> == Bytes && quick(cf::detail::quick_bytes<T>) == Answers &&
    (!Answers || static_cast<std::size_t>(Answers ? cf::detail::quick_bytes<T> : 0) == Bytes);
/// The same below a node, which is asked by its children.
template <class T, bool Answers, std::size_t Bytes>
constexpr bool says_everywhere = says<T, Answers, Bytes> && says<std::tuple<T>, Answers, Bytes> &&
                                 says<std::pair<T, std::tuple<>>, Answers, Bytes> && says<boost::hana::tuple<int, T>, Answers, Bytes> &&
                                 says<boost::hana::basic_tuple<T, nothing>, Answers, Bytes> && says<std::array<T, 1>, Answers, Bytes>;

constexpr std::size_t most = static_cast<std::size_t>(-1);
constexpr bool is_64_bit = sizeof(std::size_t) == 8;

// Plain sizes, of the dtypes with a line of their own and of others.
static_assert(says_everywhere<tensor<f32, 4, 5>, true, 80> && says_everywhere<tensor<bf16, 4, 5>, true, 40>);
static_assert(says_everywhere<tensor<cf::i64, 4, 5>, true, 160> && says_everywhere<tensor<cf::boolean, 3>, true, 3>);
static_assert(says_everywhere<tensor<f32>, true, 4> && says_everywhere<tensor<bf16>, true, 2> && says_everywhere<tensor<u8>, true, 1>);
static_assert(says_everywhere<foreign<f32, 4>, true, 16> && says_everywhere<foreign<f32, dyn>, false, dyn>);

// Nothing.
static_assert(says<std::tuple<>, true, 0> && says<std::tuple<std::tuple<>, nothing, int, double*>, true, 0>);
static_assert(says<std::vector<int>, true, 0> && says<std::array<tensor<f32, 4>, 0>, true, 0>);

// A zero weighs nothing, however large the others are, but does not hide what only the run time knows.
template <class T, std::size_t Bytes>
constexpr bool exact_says = !quick(cf::detail::quick_bytes<T>) && cf::static_tree_bytes<T> == Bytes &&
                            cf::static_tree_bytes<std::tuple<T>> == Bytes && cf::static_tree_bytes<std::pair<T, int>> == Bytes;
static_assert(exact_says<tensor<f32, 0>, 0> && exact_says<tensor<bf16, 3, 0>, 0> && exact_says<tensor<u8, 0, most - 1>, 0>);
static_assert(exact_says<tensor<f32, 0, dyn>, dyn> && exact_says<tensor<bf16, dyn, 0>, dyn> && exact_says<tensor<u8, 0, dyn>, dyn>);
static_assert(exact_says<tensor<f32, dyn>, dyn> && exact_says<tensor<bf16, 2, dyn>, dyn> && exact_says<tensor<u8, dyn, dyn>, dyn>);
static_assert(cf::static_tree_bytes<std::tuple<tensor<f32, 4>, tensor<f32, 0>>> == 16);
static_assert(cf::static_tree_bytes<std::array<tensor<f32, dyn>, 0>> == 0 && cf::static_tree_bytes<std::array<tensor<f32, dyn>, 1>> == dyn);

// Packed dtypes: rows start on a byte.
static_assert(exact_says<tensor<cf::dtype::quint4x2, 3, 3>, 6> && exact_says<tensor<cf::dtype::quint2x4, 5>, 2>);

// The largest numbers: 2^53 with 64 bits, what std::size_t holds with 32.
constexpr std::size_t limit = is_64_bit ? (most >> 11) + 1 : too_many_bytes;
static_assert(says_everywhere<tensor<u8, limit - 1>, true, limit - 1>);
static_assert(exact_says<tensor<u8, limit>, limit> && says<tensor<u8, too_many_bytes - 1>, !is_64_bit, too_many_bytes - 1>);
static_assert(!is_64_bit || exact_says<tensor<u8, (is_64_bit ? limit + 1 : 0)>, (is_64_bit ? limit + 1 : 0)>);
static_assert(cf::static_tree_bytes<std::tuple<tensor<u8, limit - 1>, tensor<u8, 1>>> == limit);
static_assert(!is_64_bit || cf::static_tree_bytes<std::tuple<tensor<u8, limit - 1>, tensor<u8, 3>>> == limit + 2);
static_assert(cf::static_tree_bytes<std::tuple<tensor<u8, too_many_bytes - 1>, tensor<u8, 1>>> == too_many_bytes);
static_assert(cf::static_tree_bytes<std::tuple<tensor<u8, too_many_bytes - 2>, tensor<u8, 1>>> == too_many_bytes - 1);
static_assert(says<tensor<f32, most / 4>, !is_64_bit, (most / 4) * 4> && exact_says<tensor<f32, most / 4 + 1>, too_many_bytes>);
static_assert(cf::static_tree_bytes<std::tuple<tensor<f32, most / 2>, tensor<f32, dyn>>> == dyn);

// Structs, arrays, constants; a tuple that a program declares a leaf is one, wherever it is.
static_assert(says_everywhere<pair_of_fields, true, 22> && says_everywhere<std::array<pair_of_fields, 3>, true, 66>);
static_assert(cf::sum_tensors_v<std::tuple<tensor<f32, 4> const, pair_of_fields const, std::pair<int const, tensor<bf16, 1>> const>> == 40);
static_assert(cf::static_tree_bytes<std::tuple<tensor<f32, 4>&, std::tuple<tensor<f32, 1> const&>>> == 20);
static_assert(says_everywhere<private_pair, true, 0> && says_everywhere<private_tuple, true, 0>);

// Wide nodes: clang nests fold expressions at most 256 deep.
static_assert(cf::static_tree_bytes<wide<256>> == 255 * 128 && cf::static_tree_bytes<wide<257>> == 256 * 257 / 2);
static_assert(cf::static_tree_bytes<std::tuple<wide<1200>, wide<300>>> == 1199 * 600 + 299 * 150);

}  // namespace
