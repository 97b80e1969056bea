// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/by_rank.hpp
/// The parts of a call's payload by rank, as the operator's rules divide it: uneven lists and splits stay uneven.

#include <commfold/group/process_group.hpp>
#include <commfold/op/argument_summary.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/terms.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/payload_bytes.hpp>

#include <cstddef>
#include <vector>

namespace commfold::detail {

constexpr no_sizes without_sizes(part_rule rule) noexcept {
  return rule.how == part_rule::split_or_even ? no_sizes::cut_evenly : no_sizes::cut_nothing;
}

/// Adds each entry of a list with one entry a rank. An empty list adds nothing: this rank is not the root of the call.
template <class Row, list_like List>
constexpr void add_entries(std::vector<std::size_t>& bytes, List const& list) {
  if (std::size_t{list_length(list)} == 0) return;
  expect_length(Row::verb, "a list", list_length(list), bytes.size());
  std::size_t rank = 0;
  for_each_entry(list, [&](auto const& entry) {
    bytes[rank] = checked_add(bytes[rank], payload_summary(entry).bytes, Row::verb);
    ++rank;
  });
}

/// Whether what a rule looks at is there, and can be divided so.
template <part_rule Rule, class Args, class Result>
consteval bool can_divide() {
  if constexpr (Rule.is_nothing() || (Rule.tensors.is_argument() && !has_argument<Args, Rule.tensors.index>)) {
    return false;
  } else {
    using tensors = type_of_part<Rule.tensors, Args, Result>;
    if constexpr (Rule.how == part_rule::sends || Rule.how == part_rule::receives)
      return is_batch<Args>();
    else if constexpr (Rule.how == part_rule::entries)
      return list_like<tensors>;
    else if constexpr (Rule.how == part_rule::entries_of_each)
      return list_of_lists<tensors>;
    else if constexpr (!has_argument<Args, Rule.sizes.index>)
      return false;
    else
      return tensor_like<tensors> && cut_sizes<type_of_part<Rule.sizes, Args, Result>>;
  }
}

/// parts_by_rank<Row, Rule>(ranks, args, result): the payload for each rank of the group, or from each.
template <class Row, part_rule Rule, class Args, class Result>
constexpr std::vector<std::size_t> parts_by_rank(std::size_t ranks, Args const& args, Result const& result) {
  expect_list_fits(ranks, sizeof(std::size_t), Row::verb);
  std::vector<std::size_t> bytes(ranks, 0);
  [[maybe_unused]] auto const& tensors = part_at<Rule.tensors>(args, result);
  if constexpr (Rule.how == part_rule::entries) {
    add_entries<Row>(bytes, tensors);
  } else if constexpr (Rule.how == part_rule::entries_of_each) {
    for_each_entry(tensors, [&](auto const& list) { add_entries<Row>(bytes, list); });
  } else if constexpr (Rule.how == part_rule::sends || Rule.how == part_rule::receives) {
    for_each_in_batch<Row>(argument_at<0>(args), argument_at<1>(args), tensors, [&](bool received, auto const& peer, auto const& t) {
      if (received != (Rule.how == part_rule::receives)) return;
      std::size_t const rank = to_size(peer, Row::verb);
      expect_rank_below(rank, ranks, Row::verb, "a peer", argument_at<4>(args).name());
      bytes[rank] = checked_add(bytes[rank], payload_summary(t).bytes, Row::verb);
    });
  } else {
    std::size_t rank = 0;
    for_each_block<Row, without_sizes(Rule)>(tensors, part_at<Rule.sizes>(args, result), ranks, [&](std::size_t rows) {
      bytes[rank] = checked_add(bytes[rank], payload_bytes(resized(tensors, rows)), Row::verb);
      ++rank;
    });
  }
  return bytes;
}

}  // namespace commfold::detail
