// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/rank_lists.hpp
/// The lists that a call hands to an operator over lists of tensors: a list of one, and one tensor a rank. No user need name it.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <vector>

namespace commfold::detail {

/// A list of one entry. `std::tuple{entry}` would copy a tuple of one instead of nesting it, and g++ 12 cannot copy an array of vectors in
/// a constant expression.
template <class T>
constexpr std::tuple<T> list_of_one(T const& entry) {
  return std::tuple<T>(entry);
}

/// One tensor like this one for each rank, each with a storage of its own: an array where the type of the group has its size.
template <tensor_like T, any_group Group>
constexpr auto one_a_rank(T const& t, Group const& group) {
  using ranks = size_of_group<Group>;
  using own = decltype(same_shape::of(t));
  if constexpr (static_size<ranks>) {
    std::array<own, ranks::value> list{};
    list.fill(same_shape::of(t));
    return list;
  } else {
    expect_list_fits(group.size, sizeof(own), "commfold::communicator");
    return std::vector<own>(group.size, same_shape::of(t));
  }
}

// Uneven blocks: that of rank i has the extent `counts[i]` along dimension 0. What is wrong by the types alone is a compile error of the
// operator `Row`, and is not looked at any further, so that it is the only one.

template <class T, class Counts, class Group>
inline constexpr bool may_be_cut_by_counts = !known_scalar<T>() && !known_to_differ<count_of_sizes<Counts>, size_of_group<Group>>;

/// Tensors like this one, one a rank, with the counts as dimension 0.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr auto blocks_of_counts(T const& t, Counts const& counts, Group const& group) {
  auto blocks = one_a_rank(resized(t, 0), group);
  if constexpr (may_be_cut_by_counts<T, Counts, Group>) {
    std::size_t rank = 0;
    for (auto const& count : counts) blocks[rank++] = resized(t, to_size(count, Row::verb));
  }
  return blocks;
}

/// The count of one rank.
template <class Row, split_sizes Counts, size_like Rank>
constexpr std::size_t count_of_rank(Counts const& counts, Rank const& rank) {
  std::size_t before = to_size(rank, Row::verb);
  for (auto const& count : counts)
    if (before-- == 0) return to_size(count, Row::verb);
  return 0;
}

/// The extent of dimension 0; a tensor without dimensions is refused.
template <class Row, tensor_like T>
constexpr std::size_t extent_to_divide(T const& t) {
  auto const shape = extents_of(t);
  if (shape.rank() == 0) fail_scalar(Row::verb);
  return shape.extent(0);
}

[[noreturn]] constexpr void fail_no_such_count(char const* verb, std::size_t extent) {
  fail<invalid_argument>(verb, "dimension 0 is {}, which is none of the counts", extent);
}
/// Refuses a tensor whose dimension 0 is none of the counts.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr void expect_one_of_counts(T const& t, Counts const& counts, Group const&) {
  if constexpr (known_scalar<T>()) {
    Row::template refuse<call_refusal::scalar>();
  } else if constexpr (may_be_cut_by_counts<T, Counts, Group>) {
    std::size_t const extent = extent_to_divide<Row>(t);
    expect_whole_bytes_of_each<Row>(t, counts);
    for (auto const& count : counts)
      if (to_size(count, Row::verb) == extent) return;
    fail_no_such_count(Row::verb, extent);
  }
}
/// Refuses a tensor whose dimension 0 is not `all`, the sum of the counts.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr void expect_all_counts(T const& t, Counts const& counts, std::size_t all, Group const&) {
  if constexpr (known_scalar<T>())
    Row::template refuse<call_refusal::scalar>();
  else if constexpr (may_be_cut_by_counts<T, Counts, Group>) {
    expect_splits(Row::verb, "counts", all, extent_to_divide<Row>(t));
    expect_whole_bytes_of_each<Row>(t, counts);
  }
}

}  // namespace commfold::detail
