// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/by_rank.hpp
/// The rules of the operator table that divide a call's payload among the ranks: uneven lists and splits stay uneven.

#include <commfold/group/process_group.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/rules.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/bytes.hpp>

#include <cstddef>
#include <vector>

namespace commfold::detail {

template <class A>
struct each {};
template <class A>
struct each_of_each {};
template <class A, class Sizes, no_sizes None = no_sizes::cut_nothing>
struct split {};
template <fixed_string Operation>
struct to_peers {};

/// divided<Rule>::over(bytes, args, inferred): adds each rank's part to its place in `bytes`, which has one for each rank of the group.
template <class Rule>
struct divided;

/// One entry a rank, or none at all: the rank is not the root of the call.
template <list_like List>
constexpr void add_entries(std::vector<std::size_t>& bytes, List const& list) {
  std::size_t const given = length(list);
  if (given == 0) return;
  expect_length("commfold::collective_op", "a list", given, bytes.size());
  std::size_t rank = 0;
  for_each_child(list, [&](auto const& entry) {
    bytes[rank] = checked_add(bytes[rank], tree_payload(entry));
    ++rank;
  });
}

template <class A>
struct divided<each<A>> {
  template <class Args, class Result>
    requires looks_at<A, Args, Result> && list_like<seen_by<A, Args, Result>>
  static constexpr void over(std::vector<std::size_t>& bytes, Args const& args, Result const& inferred) {
    add_entries(bytes, A::of(args, inferred));
  }
};

template <class A>
struct divided<each_of_each<A>> {
  template <class Args, class Result>
    requires looks_at<A, Args, Result> && list_of_lists<seen_by<A, Args, Result>>
  static constexpr void over(std::vector<std::size_t>& bytes, Args const& args, Result const& inferred) {
    for_each_child(A::of(args, inferred), [&](auto const& list) { add_entries(bytes, list); });
  }
};

template <class A, class Sizes, no_sizes None>
struct divided<split<A, Sizes, None>> {
  template <class Args, class Result>
    requires looks_at<A, Args, Result> && tensor_like<seen_by<A, Args, Result>> && cut_sizes<seen_by<Sizes, Args, Result>>
  static constexpr void over(std::vector<std::size_t>& bytes, Args const& args, Result const& inferred) {
    auto const& tensor = A::of(args, inferred);
    std::size_t rank = 0;
    for_each_block<None>(tensor, Sizes::of(args, inferred), bytes.size(), [&](std::size_t rows) {
      bytes[rank] = checked_add(bytes[rank], payload_bytes(resized(tensor, rows)));
      ++rank;
    });
  }
};

/// Of a batch, what goes to each peer, or comes from it.
template <fixed_string Operation>
struct divided<to_peers<Operation>> {
  template <class Args, class Result>
    requires looks_at_batch<Args, Result>
  static constexpr void over(std::vector<std::size_t>& bytes, Args const& args, Result const& inferred) {
    auto add = [&](auto const& peer, auto const& t) {
      std::size_t const rank = to_size(peer, "commfold::batch_p2p_ops");
      expect_rank_below(rank, bytes.size(), "commfold::batch_p2p_ops", "a peer", arg<4>::of(args, inferred).name());
      bytes[rank] = checked_add(bytes[rank], tree_payload(t));
    };
    for_each_in_batch<Operation>(arg<0>::of(args, inferred), arg<1>::of(args, inferred), arg<3>::of(args, inferred), add);
  }
};

template <class Rule, any_group Group, class Args, class Result>
constexpr std::vector<std::size_t> bytes_by_rank(Group const& group, Result const& inferred, Args const& args) {
  std::vector<std::size_t> bytes(std::size_t{group.size}, 0);
  divided<Rule>::over(bytes, args, inferred);
  return bytes;
}

}  // namespace commfold::detail
