// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/gloo_rows.hpp
/// The rows of gloo_collectives.tsv: which operation each is, and its sizes. Nothing here asks commfold, which the rows are to judge.

#include <tests/support/tsv_rows.hpp>

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gloo_rows {

using oracle::json;
using numbers = std::vector<std::size_t>;

/// The operations of PyTorch's public calls, whatever the reduction and the way in which it was called.
enum class operation {
  all_reduce,
  all_reduce_coalesced,
  reduce,
  all_gather,
  all_gather_list,
  all_gather_coalesced,
  reduce_scatter,
  reduce_scatter_list,
  reduce_scatter_coalesced,
  broadcast,
  gather,
  scatter,
  all_to_all,
  all_to_all_list,
  all_to_all_v,
  barrier,
  monitored_barrier,
  one_way,
  both_ways,
  pickles,
};

/// One measured row.
struct measured {
  explicit measured(json const& r)
      : op(r.at("op").get<std::string>()),
        variant(r.at("variant").get<std::string>()),
        dtype(r.at("dtype").get<std::string>()),
        ranks(oracle::number_in(r, "gsize")),
        rank(oracle::number_in(r, "rank")),
        root(oracle::number_in(r, "root")),
        itemsize(oracle::number_in(r, "itemsize")),
        in_elements(oracle::number_in(r, "in_elems")),
        out_elements(oracle::number_in(r, "out_elems")),
        in_split(oracle::numbers_in(r, "in_split")),
        out_split(oracle::numbers_in(r, "out_split")) {
    if (std::size_t const colon = op.find(':'); colon != std::string::npos) {
      is_coalesced = op.starts_with("coalescing_manager:");
      if (!is_coalesced && !op.starts_with("dtype_probe:")) throw std::runtime_error("nothing is known of the prefix of " + op);
      op = op.substr(colon + 1);
    }
    if (op.starts_with("funcol.")) {
      is_functional = true;
      op = op.substr(7);
    }
  }

  std::string op, variant, dtype;
  std::size_t ranks, rank, root, itemsize, in_elements, out_elements;
  numbers in_split, out_split;
  bool is_functional = false;
  bool is_coalesced = false;

  [[nodiscard]] operation what() const {
    static std::map<std::string_view, operation> const known = {
        {"all_reduce", operation::all_reduce},
        {"all_reduce_coalesced", operation::all_reduce_coalesced},
        {"reduce", operation::reduce},
        {"all_gather", operation::all_gather_list},
        {"all_gather_into_tensor", operation::all_gather},
        {"all_gather_single", operation::all_gather},
        {"all_gather_tensor", operation::all_gather},
        {"all_gather_coalesced", operation::all_gather_coalesced},
        {"all_gather_into_tensor_coalesced", operation::all_gather_coalesced},
        {"reduce_scatter", operation::reduce_scatter_list},
        {"reduce_scatter_uneven", operation::reduce_scatter_list},
        {"reduce_scatter_tensor", operation::reduce_scatter},
        {"reduce_scatter_single", operation::reduce_scatter},
        {"reduce_scatter_tensor_coalesced", operation::reduce_scatter_coalesced},
        {"broadcast", operation::broadcast},
        {"gather", operation::gather},
        {"scatter", operation::scatter},
        {"all_to_all", operation::all_to_all_list},
        {"all_to_all_single", operation::all_to_all},
        {"all_to_all_single_v", operation::all_to_all_v},
        {"barrier", operation::barrier},
        {"monitored_barrier", operation::monitored_barrier},
        {"send_recv", operation::one_way},
        {"isend_irecv", operation::both_ways},
        {"batch_isend_irecv", operation::both_ways},
        {"all_gather_object", operation::pickles},
        {"broadcast_object_list", operation::pickles},
    };
    std::string name = op;
    // all_reduce_avg, _max, _async, _noncontig: the same to gloo.
    for (char const* const suffix : {"_avg", "_max", "_min", "_sum", "_prod", "_band", "_bor", "_bxor", "_async", "_noncontig"})
      if (name.ends_with(suffix)) name.resize(name.size() - std::string_view(suffix).size());
    auto const found = known.find(name);
    if (found == known.end()) throw std::runtime_error("nothing is known of the operation " + op);
    if (!is_coalesced) return found->second;
    switch (found->second) {
      case operation::all_reduce:
        return operation::all_reduce_coalesced;
      case operation::all_gather:
        return operation::all_gather_coalesced;
      case operation::reduce_scatter:
        return operation::reduce_scatter_coalesced;
      case operation::broadcast:
        return operation::broadcast;
      default:
        throw std::runtime_error("nothing is known of a coalesced " + op);
    }
  }

  [[nodiscard]] std::size_t in_bytes() const { return in_elements * itemsize; }
  [[nodiscard]] std::size_t out_bytes() const { return out_elements * itemsize; }
  /// Complex numbers go as pairs.
  [[nodiscard]] std::size_t element() const { return dtype.starts_with("complex") ? itemsize / 2 : itemsize; }
  /// The tensors of a call that may have several.
  [[nodiscard]] numbers in_tensors() const { return in_split.empty() ? numbers{in_elements} : in_split; }
  /// The elements of the list that is scattered: one tensor a rank.
  [[nodiscard]] numbers in_blocks() const { return in_split.empty() ? numbers(ranks, in_elements / ranks) : in_split; }
  [[nodiscard]] numbers out_blocks() const { return out_split.empty() ? numbers(ranks, out_elements / ranks) : out_split; }

  /// What this rank sends and receives point to point: (elements, from, to), in order.
  struct message {
    std::size_t elements, from, to;
  };
  [[nodiscard]] std::vector<message> messages() const {
    std::size_t const next = (rank + 1) % ranks;
    std::size_t const previous = (rank + ranks - 1) % ranks;
    if (what() == operation::one_way) {
      auto const ends = oracle::split(variant, '>');
      std::size_t const from = std::stoul(ends.at(0)), to = std::stoul(ends.at(1));
      if (rank == from) return {{in_elements, from, to}};
      if (rank == to) return {{out_elements, from, to}};
      return {};
    }
    if (variant.empty() || variant == "ring+1") return {{in_elements, rank, next}, {out_elements, previous, rank}};
    if (variant == "both")
      return {{in_elements / 2, rank, next},
              {in_elements / 2, rank, previous},
              {out_elements / 2, previous, rank},
              {out_elements / 2, next, rank}};
    throw std::runtime_error("nothing is known of the variant " + variant);
  }
};

inline numbers times(numbers all, std::size_t by) {
  for (std::size_t& one : all) one *= by;
  return all;
}

}  // namespace gloo_rows
