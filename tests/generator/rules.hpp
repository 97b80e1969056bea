// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/rules.hpp
/// Where commfold and PyTorch differ: rules over the contents of a row. No rule knows a row by its number, and none asks commfold.

#include "call.hpp"

#include <tests/support/torch_errors.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace generator {

/// The arguments that commfold refuses, and that PyTorch's fake accepts or fails over later: the name of the rule, empty where the call is
/// fine. Which rules apply to an operator follows from its parameters.
class refusals {
 public:
  [[nodiscard]] static std::string of(call const& c) {
    if (unknown_reduce_op(c)) return "a reduce op that does not exist";
    if (rank_outside(c)) return "a rank outside the group";
    if (mixed_dtypes(c)) return "different dtypes in one call";
    if (no_such_reduction(c)) return "a reduction that the dtype does not have";
    if (other_group_size(c)) return "a group_size that is not the group's";
    if (lengths_differ(c)) return "lists of wrong lengths";
    if (whole_is_not_parts(c)) return "a whole that is not its parts";
    if (cannot_scatter(c)) return "a dimension 0 that the group does not divide";
    if (no_room_in_out(c)) return "an out of another size than the result";
    if (splits_do_not_fit(c)) return "splits that do not fit";
    if (unknown_operation(c)) return "neither isend nor irecv";
    if (cannot_reshard(c)) return "a dimension that cannot be sharded";
    return {};
  }

  [[nodiscard]] static bool unknown_reduce_op(call const& c) {
    static constexpr std::array known = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor", "premul_sum"};
    for (json const* const op : c.all(kind::reduce_op)) {
      std::string const name = op->is_object() ? op->at("reduce_op") : *op;
      if (std::find(known.begin(), known.end(), name) == known.end()) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] static bool divides(std::int64_t extent, std::int64_t parts) { return parts > 0 && extent % parts == 0; }

  [[nodiscard]] static bool rank_outside(call const& c) {
    if (!c.ranks) return false;
    auto const outside = [&](std::int64_t rank) { return rank < 0 || rank >= c.ranks->size; };
    for (auto const* const name : {"root_rank", "src", "dst"})
      if (json const* const rank = c.find(name); rank != nullptr && outside(*rank)) return true;
    if (json const* const peers = c.find("peer_list"))
      for (json const& peer : *peers)
        if (outside(peer)) return true;
    return false;
  }

  /// One call moves one dtype; messages that are sent together are several.
  [[nodiscard]] static bool mixed_dtypes(call const& c) {
    if (c.op.sync || c.op.has("tag") || c.op.has("op_list")) return false;
    std::set<std::string> dtypes;
    for (json const* const t : c.tensors()) dtypes.insert(t->at("dtype"));
    return dtypes.size() > 1;
  }

  /// Of complex numbers PyTorch has sums and averages alone, of floats no bits, of bool no average. A factor is for floats of 16 bits and
  /// more, and for complex numbers.
  [[nodiscard]] static bool no_such_reduction(call const& c) {
    auto const has = [](std::string const& dtype, std::string const& how) {
      bool const is_complex = dtype.rfind("complex", 0) == 0;
      bool const is_float = dtype.find("float") != std::string::npos;
      if (how == "sum") return true;
      if (how == "avg") return dtype != "bool";
      if (how == "premul_sum") return is_complex || (is_float && dtype.rfind("float8", 0) != 0);
      return !is_complex && (!is_float || how[0] != 'b');
    };
    for (json const* const op : c.all(kind::reduce_op))
      for (json const* const t : c.tensors())
        if (!has(t->at("dtype"), op->is_object() ? op->at("reduce_op") : *op)) return true;
    return false;
  }

  [[nodiscard]] static bool other_group_size(call const& c) {
    json const* const size = c.find("group_size");
    return size != nullptr && c.ranks && *size != c.ranks->size;
  }

  [[nodiscard]] static bool lengths_differ(call const& c) {
    if (c.op.has("op_list")) {
      auto const n = c.at("tensors").size();
      return c.at("op_list").size() != n || c.at("peer_list").size() != n || c.at("tag_list").size() != n;
    }
    if (!c.ranks) return false;
    auto const ranks = static_cast<std::size_t>(c.ranks->size);
    if (c.op.count(kind::tensor_lists) == 1) {
      json const& lists = *c.all(kind::tensor_lists)[0];
      // The ranks that are not the root hand over nothing.
      if (c.op.has("root_rank") && lists.empty()) return false;
      if (lists.size() != c.all(kind::tensor_list).at(0)->size()) return true;
      for (json const& list : lists)
        if (list.size() != ranks) return true;
    } else if (c.op.count(kind::tensor_list) == 2) {
      for (json const* const list : c.all(kind::tensor_list))
        if (list->size() != ranks) return true;
    }
    return false;
  }

  /// Of two flat buffers, that of all ranks is as long as that of this rank times the ranks. PyTorch counts the buffer of all ranks.
  [[nodiscard]] static bool whole_is_not_parts(call const& c) {
    if (c.functional() || c.op.count(kind::tensor) != 2 || c.op.has("output_split_sizes") || !c.ranks) return false;
    bool const output_is_whole = c.op.comm_rule.rfind("args[0]", 0) == 0;
    auto const output = product_of(sizes_of(c.at("output_tensor")));
    auto const input = product_of(sizes_of(c.at("input_tensor")));
    return output_is_whole ? output != input * c.ranks->size : input != output * c.ranks->size;
  }

  [[nodiscard]] static bool cannot_scatter(call const& c) {
    if (!c.op.has("reduce_op") || !c.op.has("group_size")) return false;
    for (json const* const t : c.op.has("out") ? tensors_in(c.at("input")) : c.tensors())
      if (auto const sizes = sizes_of(*t); sizes.empty() || !divides(sizes[0], c.at("group_size"))) return true;
    return false;
  }

  [[nodiscard]] static bool no_room_in_out(call const& c) {
    if (!c.op.has("out")) return false;
    auto const in = product_of(sizes_of(c.at("input")));
    auto const out = product_of(sizes_of(c.at("out")));
    std::int64_t const parts = c.at("group_size");
    return c.op.has("reduce_op") ? out * parts != in : out != in * parts;
  }

  /// An empty list of sizes means an even split to `c10d::alltoall_base_`; to the functional operator it means no rows, which commfold
  /// refuses, as it wants one size a rank.
  [[nodiscard]] static bool splits_do_not_fit(call const& c) {
    if (!c.op.has("output_split_sizes") || !c.ranks) return false;
    if (c.functional())
      return !cuts(c.at("input_split_sizes"), sizes_of(c.at("input")), *c.ranks) || !one_a_rank(c.at("output_split_sizes"), *c.ranks);
    return !cuts_or_even(c.at("output_split_sizes"), sizes_of(c.at("output")), *c.ranks) ||
           !cuts_or_even(c.at("input_split_sizes"), sizes_of(c.at("input")), *c.ranks);
  }
  [[nodiscard]] static bool one_a_rank(json const& splits, group const& ranks) {
    return splits.size() == static_cast<std::size_t>(ranks.size) &&
           std::all_of(splits.begin(), splits.end(), [](json const& n) { return n.get<std::int64_t>() >= 0; });
  }
  [[nodiscard]] static bool cuts(json const& splits, std::vector<std::int64_t> const& sizes, group const& ranks) {
    std::int64_t total = 0;
    for (json const& n : splits) total += n.get<std::int64_t>();
    return one_a_rank(splits, ranks) && !sizes.empty() && sizes[0] == total;
  }
  [[nodiscard]] static bool cuts_or_even(json const& splits, std::vector<std::int64_t> const& sizes, group const& ranks) {
    return splits.empty() ? !sizes.empty() && divides(sizes[0], ranks.size) : cuts(splits, sizes, ranks);
  }

  [[nodiscard]] static bool unknown_operation(call const& c) {
    if (json const* const operations = c.find("op_list"))
      for (json const& operation : *operations)
        if (operation != "isend" && operation != "irecv") return true;
    return false;
  }

  [[nodiscard]] static bool cannot_reshard(call const& c) {
    if (!c.op.has("shard_dim") || !c.ranks) return false;
    auto sizes = sizes_of(c.at("input"));
    auto const rank = static_cast<std::int64_t>(sizes.size());
    std::int64_t const gather = c.at("gather_dim");
    std::int64_t const shard = c.at("shard_dim");
    if (gather < 0 || gather >= rank || shard < 0 || shard >= rank) return true;
    sizes[static_cast<std::size_t>(gather)] *= c.ranks->size;
    return !divides(sizes[static_cast<std::size_t>(shard)], c.ranks->size);
  }
};

/// Why PyTorch raised where commfold answers; empty where commfold must refuse, too.
inline std::string only_pytorch_refuses(call const& c, torch_errors::question asked, json const& error) {
  std::optional<std::size_t> ranks;
  if (c.ranks) ranks = static_cast<std::size_t>(c.ranks->size);
  torch_errors::excuse const* const excuse = torch_errors::excuse_of({asked, c.row, error, ranks});
  return excuse == nullptr ? std::string() : std::string(excuse->words);
}

/// The size of an operator that PyTorch's own table does not know, or for which it reads the wrong argument: what PyTorch counts for the
/// operator's sibling, `all_gather_into_tensor` for `all_gather_into_tensor_out`, `c10d::send` for `isend`.
inline std::optional<std::int64_t> size_of_sibling(call const& c, signatures const& all) {
  std::string const full = c.name();
  std::string const space = full.substr(0, full.find("::") + 2);
  std::string const name = full.substr(space.size(), full.rfind('.') - space.size());
  auto const find = [&](std::string const& other) {
    auto const found = all.find(other + ".default");
    return found == all.end() || found->second.comm_rule.empty() ? nullptr : &found->second;
  };
  signature const* sibling = nullptr;
  if (name.size() > 4 && name.substr(name.size() - 4) == "_out") sibling = find(space + name.substr(0, name.size() - 4));
  if (name[0] == 'i' && sibling == nullptr) sibling = find("c10d::" + name.substr(1));
  if (name[0] == 'i' && sibling == nullptr) sibling = find("c10d::" + name.substr(1) + "_");
  if (sibling == nullptr) return std::nullopt;
  bool const counts_result = sibling->comm_rule.rfind("res", 0) == 0;
  return (counts_result ? c.at("out") : *c.arguments.at(0).second).at("nbytes").get<std::int64_t>();
}

}  // namespace generator
