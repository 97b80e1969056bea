// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/splits.hpp
/// How dimension 0 of a tensor is cut into one block a rank, for an all-to-all.

#include <commfold/error.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>

#include <cstddef>
#include <iterator>
#include <string>
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

/// What it means where no sizes are given: nothing is cut, which fits no group, or as in `c10d::alltoall_base_` an even split.
enum class no_sizes { cut_nothing, cut_evenly };

[[noreturn]] inline void fail_split_count(char const* verb, char const* argument, std::size_t given, std::size_t ranks) {
  fail<invalid_argument>(std::string(verb) + ": " + argument + " has " + std::to_string(given) + " sizes for a group of " +
                         std::to_string(ranks));
}
constexpr void expect_split_count(char const* verb, char const* argument, std::size_t given, std::size_t ranks) {
  if (given != ranks) fail_split_count(verb, argument, given, ranks);
}
[[noreturn]] inline void fail_splits(char const* verb, char const* argument, std::size_t total, std::size_t extent) {
  fail<invalid_argument>(std::string(verb) + ": " + argument + " add up to " + std::to_string(total) + ", dimension 0 is " +
                         std::to_string(extent));
}
constexpr void expect_splits(char const* verb, char const* argument, std::size_t total, std::size_t extent) {
  if (total != extent) fail_splits(verb, argument, total, extent);
}

/// Whether the types leave it possible that there is one size a rank.
template <class Sizes, class Ranks>
inline constexpr bool may_split_among = known_to_pair<decltype(count_of(std::declval<Sizes const&>())), std::remove_cvref_t<Ranks>>;

/// The sum of the sizes: the extent of dimension 0 that they cut. One size a rank, none negative.
template <split_sizes Sizes, size_like Ranks>
constexpr std::size_t total_of_splits(char const* verb, char const* argument, Sizes const& sizes, Ranks const& ranks) {
  static_assert(may_split_among<Sizes, Ranks>, "commfold::split_sizes: there is not one split size for each rank of the group");
  std::size_t total = 0;
  if constexpr (may_split_among<Sizes, Ranks>) {
    expect_split_count(verb, argument, count_of(sizes), to_size(ranks, verb));
    for (auto const& size : sizes) total = checked_add(total, to_size(size, verb), verb);
  }
  return total;
}

/// Whether this cut of a tensor is an even one.
template <no_sizes None, cut_sizes Sizes>
constexpr bool cuts_evenly(Sizes const& sizes) {
  if constexpr (!split_sizes<Sizes>)
    return true;
  else
    return None == no_sizes::cut_evenly && std::size_t{count_of(sizes)} == 0;
}
/// Whether the type alone tells so.
template <no_sizes None, cut_sizes Sizes>
consteval bool known_to_cut_evenly() {
  if constexpr (!split_sizes<Sizes>)
    return true;
  else if constexpr (static_size<decltype(count_of(std::declval<Sizes const&>()))>)
    return None == no_sizes::cut_evenly && decltype(count_of(std::declval<Sizes const&>()))::value == 0;
  else
    return false;
}

/// Refuses a cut of a tensor along dimension 0: uneven where it should be even, or sizes that do not add up.
template <no_sizes None, class T, cut_sizes Sizes, size_like Ranks>
constexpr void expect_cut(char const* verb, char const* argument, T const& tensor, Sizes const& sizes, Ranks const& ranks) {
  static_assert(!known_scalar<T>(), "commfold::all_to_all: a tensor without dimensions has no dimension 0 to divide");
  if constexpr (known_scalar<T>()) {
    return;
  } else if constexpr (known_to_cut_evenly<None, Sizes>()) {
    static_assert(!known_uneven<T, Ranks>(),
                  "commfold::all_to_all: the group's size does not divide dimension 0 of a tensor; pad it or give split sizes");
    if constexpr (!known_uneven<T, Ranks>()) expect_even(verb, tensor, ranks);
  } else if (cuts_evenly<None>(sizes)) {
    expect_even(verb, tensor, ranks);
  } else {
    std::size_t const total = total_of_splits(verb, argument, sizes, ranks);
    auto const shape = extents_of(tensor);
    if (shape.rank() == 0) fail_scalar(verb);
    expect_splits(verb, argument, total, shape.extent(0));
  }
}

/// Calls f with the rows of each rank's block.
template <no_sizes None, class T, cut_sizes Sizes, class F>
constexpr void for_each_block(T const& tensor, Sizes const& sizes, std::size_t ranks, F f) {
  expect_cut<None>("commfold::collective_op", "split sizes", tensor, sizes, ranks);
  if (cuts_evenly<None>(sizes)) {
    for (std::size_t n = 0; n != ranks; ++n) f(extents_of(tensor).extent(0) / ranks);
  } else if constexpr (split_sizes<Sizes>) {
    for (auto const& size : sizes) f(to_size(size, "commfold::collective_op"));
  }
}

}  // namespace detail
}  // namespace commfold
