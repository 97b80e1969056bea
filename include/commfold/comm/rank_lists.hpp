// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/rank_lists.hpp
/// The lists that a call hands to an operator over lists of tensors: a list of one, and one tensor a rank. No user need name it.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <array>
#include <cstddef>
#include <string>
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
    return std::vector<own>(group.size, same_shape::of(t));
  }
}

// Uneven parts: rank i has `counts[i]` rows, where a row is one index of dimension 0. What the types tell to be wrong is a compile error of
// the operator `Row`, and is not looked at any further.

template <class T, class Counts, class Group>
inline constexpr bool may_be_cut_by_counts = !known_scalar<T>() && !known_to_differ<count_of_sizes<Counts>, size_of_group<Group>>;

/// Tensors like this one with as many rows as the counts say.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr auto parts_of_rows(T const& t, Counts const& counts, Group const& group) {
  auto parts = one_a_rank(resized(t, 0), group);
  if constexpr (may_be_cut_by_counts<T, Counts, Group>) {
    std::size_t rank = 0;
    for (auto const& count : counts) parts[rank++] = resized(t, to_size(count, Row::verb));
  }
  return parts;
}

/// The count of one rank.
template <class Row, split_sizes Counts, size_like Rank>
constexpr std::size_t count_of_rank(Counts const& counts, Rank const& rank) {
  std::size_t before = to_size(rank, Row::verb);
  for (auto const& count : counts)
    if (before-- == 0) return to_size(count, Row::verb);
  return 0;
}

/// The number of rows; a tensor without dimensions is refused.
template <class Row, tensor_like T>
constexpr std::size_t rows_of(T const& t) {
  auto const shape = extents_of(t);
  if (shape.rank() == 0) fail_scalar(Row::verb);
  return shape.extent(0);
}

[[noreturn]] inline void fail_no_such_count(char const* verb, std::size_t rows) {
  fail<invalid_argument>(std::string(verb) + ": dimension 0 is " + std::to_string(rows) + ", which is none of the counts");
}
/// The rows of the tensor are those of some rank.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr void expect_one_of_counts(T const& t, Counts const& counts, Group const&) {
  if constexpr (known_scalar<T>()) {
    Row::template refuse<call_refusal::scalar>();
  } else if constexpr (may_be_cut_by_counts<T, Counts, Group>) {
    std::size_t const rows = rows_of<Row>(t);
    for (auto const& count : counts)
      if (to_size(count, Row::verb) == rows) return;
    fail_no_such_count(Row::verb, rows);
  }
}
/// The rows of the tensor are those of all ranks: `all` is the sum of the counts.
template <class Row, tensor_like T, split_sizes Counts, any_group Group>
constexpr void expect_all_counts(T const& t, Counts const&, std::size_t all, Group const&) {
  if constexpr (known_scalar<T>())
    Row::template refuse<call_refusal::scalar>();
  else if constexpr (may_be_cut_by_counts<T, Counts, Group>)
    expect_splits(Row::verb, "counts", all, rows_of<Row>(t));
}

}  // namespace commfold::detail
