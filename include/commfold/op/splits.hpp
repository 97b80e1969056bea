// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/splits.hpp
/// How dimension 0 of a tensor is cut into one block a rank, for an all-to-all.

#include <commfold/error.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_access.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/extents_of.hpp>

#include <array>  // std::begin and std::size, without the streams of <iterator>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold {

/// Blocks of one size for every rank.
struct even_split_t {};
inline constexpr even_split_t even_split{};

/// Any range of integers, one a rank.
template <class T>
concept split_sizes = requires(T const& sizes) {
  { *std::begin(sizes) } -> size_like;
  { std::size(sizes) } -> size_like;
};

/// How a tensor is cut: into blocks of these sizes, or of one size.
template <class T>
concept cut_sizes = split_sizes<T> || std::is_same_v<T, even_split_t>;

namespace detail {

/// What no sizes mean: that nothing is cut, which fits no group; or, as in `c10d::alltoall_base_`, an even split.
enum class no_sizes { cut_nothing, cut_evenly };

[[noreturn]] constexpr void fail_split_count(char const* verb, char const* argument, std::size_t given, std::size_t ranks) {
  fail<invalid_argument>(verb, "{} has {} sizes for a group of {}", argument, given, ranks);
}
constexpr void expect_split_count(char const* verb, char const* argument, std::size_t given, std::size_t ranks) {
  if (given != ranks) fail_split_count(verb, argument, given, ranks);
}
[[noreturn]] constexpr void fail_splits(char const* verb, char const* argument, std::size_t total, std::size_t extent) {
  fail<invalid_argument>(verb, "{} add up to {}, dimension 0 is {}", argument, total, extent);
}
constexpr void expect_splits(char const* verb, char const* argument, std::size_t total, std::size_t extent) {
  if (total != extent) fail_splits(verb, argument, total, extent);
}

/// The number of sizes: a `size_constant` where the type fixes it.
template <split_sizes Sizes>
using count_of_sizes = decltype(length_of(std::declval<Sizes const&>()));

/// The sum of the sizes: the extent of dimension 0 that they cut. One size a rank, none negative.
template <class Row, split_sizes Sizes, size_like Ranks>
constexpr std::size_t total_of_splits(char const* argument, Sizes const& sizes, Ranks const& ranks) {
  std::size_t total = 0;
  if constexpr (known_to_differ<count_of_sizes<Sizes>, Ranks>) {
    Row::template refuse<call_refusal::no_size_a_rank, count_of_sizes<Sizes>::value, Ranks::value>();
  } else {
    expect_split_count(Row::verb, argument, length_of(sizes), to_size(ranks, Row::verb));
    for (auto const& size : sizes) total = checked_add(total, to_size(size, Row::verb), Row::verb);
  }
  return total;
}

/// Whether a cut of a tensor is even: from its type, where that alone tells, else from the sizes.
template <no_sizes None, cut_sizes Sizes>
consteval bool known_to_cut_evenly() {
  if constexpr (!split_sizes<Sizes>)
    return true;
  else if constexpr (static_size<count_of_sizes<Sizes>>)
    return None == no_sizes::cut_evenly && count_of_sizes<Sizes>::value == 0;
  else
    return false;
}
template <no_sizes None, cut_sizes Sizes>
constexpr bool cuts_evenly(Sizes const& sizes) {
  if constexpr (!split_sizes<Sizes>)
    return true;
  else
    return None == no_sizes::cut_evenly && std::size_t{length_of(sizes)} == 0;
}

/// Refuses a cut of a tensor along dimension 0: uneven where it should be even, or sizes that do not add up.
template <class Row, no_sizes None, class T, cut_sizes Sizes, size_like Ranks>
constexpr void expect_cut(char const* argument, T const& tensor, Sizes const& sizes, Ranks const& ranks) {
  if constexpr (known_scalar<T>()) {
    Row::template refuse<call_refusal::scalar>();
  } else if constexpr (known_to_cut_evenly<None, Sizes>()) {
    if constexpr (known_uneven<T, Ranks>())
      Row::template refuse<call_refusal::uneven_blocks, tensor_extents<T>::static_extent(0), static_value<Ranks>>();
    else if constexpr (known_to_cut_bytes<T, Ranks>())
      Row::template refuse<call_refusal::byte_is_cut, static_share<T, Ranks>>();
    else
      expect_even(Row::verb, tensor, ranks);
  } else if (cuts_evenly<None>(sizes)) {
    expect_even(Row::verb, tensor, ranks);
  } else {
    std::size_t const total = total_of_splits<Row>(argument, sizes, ranks);
    auto const shape = extents_of(tensor);
    if (shape.rank() == 0) fail_scalar(Row::verb);
    expect_splits(Row::verb, argument, total, shape.extent(0));
    expect_whole_bytes_of_each<Row>(tensor, sizes);
  }
}

/// Calls f with the extent of dimension 0 of each rank's block.
template <class Row, no_sizes None, class T, cut_sizes Sizes, class F>
constexpr void for_each_block(T const& tensor, Sizes const& sizes, std::size_t ranks, F f) {
  expect_cut<Row, None>("split sizes", tensor, sizes, ranks);
  if (cuts_evenly<None>(sizes)) {
    for (std::size_t n = 0; n != ranks; ++n) f(extents_of(tensor).extent(0) / ranks);
  } else if constexpr (split_sizes<Sizes>) {
    for (auto const& size : sizes) f(to_size(size, Row::verb));
  }
}

}  // namespace detail
}  // namespace commfold
