// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/openmpi/algorithm.hpp
/// The collectives of Open MPI 4.1 and their algorithms in its component coll/tuned, by number and name; a call of one, and its parameters.

#include <commfold/error.hpp>
#include <commfold/trace/call_record.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::openmpi {

using namespace std::string_view_literals;

/// The collectives of coll/tuned, by MPI's names.
enum class collective : unsigned char {
  allgather,
  allgatherv,
  allreduce,
  alltoall,
  alltoallv,
  barrier,
  bcast,
  gather,
  reduce,
  reduce_scatter,
  reduce_scatter_block,
  scatter
};

/// One call on a communicator.
struct call {
  collective what = collective::barrier;
  std::size_t ranks = 1;
  /// The vector of allreduce, bcast and reduce; the block of one rank, or for one, of allgather, alltoall, gather, reduce_scatter_block and
  /// scatter; of allgatherv and reduce_scatter without `counts` the vector, of which the first ranks have one element more.
  std::size_t bytes = 0;
  std::size_t root = 0;
  /// The bytes of an element of the data type. Blocks and segments are whole elements.
  std::size_t element = 1;
  /// In bytes: the blocks of allgatherv and reduce_scatter; of alltoallv entry i·ranks + j is what rank i sends to rank j. A view.
  bytes_by_rank counts{};
  /// Whether the reduction commutes.
  bool commutative = true;
};

/// The parameters of coll/tuned, `coll_tuned_<collective>_algorithm` and those after it, with the defaults that hold once one is set.
struct parameters {
  unsigned algorithm = 0;  ///< its number; 0: Open MPI decides, and takes no notice of what follows
  std::size_t segment_size = 0;
  std::size_t chain_fanout = 4;
  std::size_t knomial_radix = 4;
  std::size_t max_requests = 0;  ///< bounds what is under way at once, not what is sent
};

namespace detail {

struct names {
  std::string_view collective;
  unsigned algorithm_count;        ///< g++ 12 reads no element of a constant array that has no initializer
  std::string_view algorithms[9];  ///< of the numbers from 1 on
};

/// In the order of `collective`. The names are those that `ompi_info` prints for 4.1.4.
inline constexpr names named[] = {
    {"allgather"sv, 6, {"linear"sv, "bruck"sv, "recursive_doubling"sv, "ring"sv, "neighbor"sv, "two_proc"sv}},
    {"allgatherv"sv, 5, {"default"sv, "bruck"sv, "ring"sv, "neighbor"sv, "two_proc"sv}},
    {"allreduce"sv, 6, {"basic_linear"sv, "nonoverlapping"sv, "recursive_doubling"sv, "ring"sv, "segmented_ring"sv, "rabenseifner"sv}},
    {"alltoall"sv, 5, {"linear"sv, "pairwise"sv, "modified_bruck"sv, "linear_sync"sv, "two_proc"sv}},
    {"alltoallv"sv, 2, {"basic_linear"sv, "pairwise"sv}},
    {"barrier"sv, 6, {"linear"sv, "double_ring"sv, "recursive_doubling"sv, "bruck"sv, "two_proc"sv, "tree"sv}},
    {"bcast"sv,
     9,
     {"basic_linear"sv, "chain"sv, "pipeline"sv, "split_binary_tree"sv, "binary_tree"sv, "binomial"sv, "knomial"sv, "scatter_allgather"sv,
      "scatter_allgather_ring"sv}},
    {"gather"sv, 3, {"basic_linear"sv, "binomial"sv, "linear_sync"sv}},
    {"reduce"sv, 7, {"linear"sv, "chain"sv, "pipeline"sv, "binary"sv, "binomial"sv, "in-order_binary"sv, "rabenseifner"sv}},
    {"reduce_scatter"sv, 4, {"non-overlapping"sv, "recursive_halving"sv, "ring"sv, "butterfly"sv}},
    {"reduce_scatter_block"sv, 4, {"basic_linear"sv, "recursive_doubling"sv, "recursive_halving"sv, "butterfly"sv}},
    {"scatter"sv, 3, {"basic_linear"sv, "binomial"sv, "linear_nb"sv}},
};

/// One word for a thing that has two names among collectives and versions.
struct synonym {
  std::string_view word, other;
};
inline constexpr synonym synonyms[] = {{"linear"sv, "basic_linear"sv},
                                       {"neighbor"sv, "neighbor_exchange"sv},
                                       {"linear_sync"sv, "linear_with_sync"sv},
                                       {"linear_nb"sv, "nonblocking_linear"sv}};

[[nodiscard]] constexpr names const& names_of(collective what) noexcept { return named[static_cast<std::size_t>(what)]; }

/// One name beside another, as people write them: '-' and '_' are nothing, and what stands in brackets is a remark.
[[nodiscard]] constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
  a = a.substr(0, a.find('('));
  b = b.substr(0, b.find('('));
  std::size_t i = 0;
  std::size_t j = 0;
  auto const skip = [](std::string_view text, std::size_t& at) {
    while (at != text.size() && (text[at] == '-' || text[at] == '_')) ++at;
  };
  for (;; ++i, ++j) {
    skip(a, i);
    skip(b, j);
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i] != b[j]) return false;
  }
}

}  // namespace detail

/// The name of a collective: "allreduce".
[[nodiscard]] constexpr std::string_view name_of(collective what) noexcept { return detail::names_of(what).collective; }

/// The collective of a name. Refused with `invalid_argument`: a name that is none.
[[nodiscard]] constexpr collective collective_named(std::string_view name) {
  for (std::size_t i = 0; i != sizeof detail::named / sizeof detail::named[0]; ++i)
    if (detail::named[i].collective == name) return static_cast<collective>(i);
  commfold::detail::fail<invalid_argument>("commfold::openmpi::collective_named", "coll/tuned has no collective '{}'", name);
}

/// The name of algorithm 1 and so on; empty where there is none.
[[nodiscard]] constexpr std::string_view name_of(collective what, unsigned algorithm) noexcept {
  if (algorithm == 0 || algorithm > detail::names_of(what).algorithm_count) return {};
  return detail::names_of(what).algorithms[algorithm - 1];
}

/// The number of an algorithm by name, "ring". Names that differ from version to version mean the same: with or without '-' and '_', linear
/// and basic_linear, neighbor and neighbor_exchange, linear_sync and linear_with_sync, linear_nb and nonblocking_linear. Refused with
/// `invalid_argument`: a name that is none.
[[nodiscard]] constexpr unsigned algorithm_named(collective what, std::string_view name) {
  for (unsigned i = 1; !name_of(what, i).empty(); ++i) {
    std::string_view const own = name_of(what, i);
    if (detail::same_name(own, name)) return i;
    for (detail::synonym const& s : detail::synonyms)
      if ((detail::same_name(own, s.word) && detail::same_name(name, s.other)) ||
          (detail::same_name(own, s.other) && detail::same_name(name, s.word)))
        return i;
  }
  commfold::detail::fail<invalid_argument>("commfold::openmpi::algorithm_named", "{} has no algorithm '{}'", name_of(what), name);
}

}  // namespace commfold::openmpi
