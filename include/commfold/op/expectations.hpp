// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/expectations.hpp
/// What operators check before they run: ranks, lengths of lists, dtypes and numbers of elements. PyTorch leaves most of it to the backend.
///
/// Where types alone tell that a call is wrong, `Row::refuse` is the compile error; where values tell, a function throws
/// `invalid_argument`. Both open with the operator's name. The comparisons are functions of their own, so that clang shows the numbers in
/// the error of a constant expression.

#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/op/dtype_scan.hpp>
#include <commfold/op/list_access.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/packed.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tree/holds_tensors.hpp>
#include <commfold/tree/leaf_count.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace commfold::detail {

/// Whether two sizes are known from their types and differ. One that does not fit is refused where its value is asked for.
template <class A, class B>
inline constexpr bool known_to_differ = false;
template <static_size A, static_size B>
inline constexpr bool known_to_differ<A, B> = fits_size(A::value) && fits_size(B::value) && A::value != B::value;

template <any_group Group>
using size_of_group = std::remove_cvref_t<decltype(std::declval<Group const&>().size)>;

// --- tensors ---------------------------------------------------------------------------------------------------------------------------

/// Whether a collective may be given a `T`: tensors can be in it, or nothing at all is, as in an empty tuple.
template <class T>
inline constexpr bool may_be_communicated = holds_tensors<T> || leaf_count<T> == 0;

/// Refuses an argument in whose type no tensor can be: nothing would be communicated, and nothing would tell.
template <class Row, class T>
constexpr void expect_tensors() {
  if constexpr (!may_be_communicated<T>) Row::template refuse<call_refusal::no_tensor>();
}

// --- ranks ------------------------------------------------------------------------------------------------------------------------------

[[noreturn]] constexpr void fail_not_a_rank(std::size_t rank, std::size_t group_size, char const* verb, char const* argument,
                                            std::string_view group) {
  fail<invalid_argument>(verb, "{} {} is not a rank of group '{}', which has {}", argument, rank, group, group_size);
}
constexpr void expect_rank_below(std::size_t rank, std::size_t group_size, char const* verb, char const* argument, std::string_view group) {
  if (rank >= group_size) fail_not_a_rank(rank, group_size, verb, argument, group);
}
/// Refuses a rank that is not in the group: a root, a source or a destination.
template <class Row, size_like Rank, any_group Group>
constexpr void expect_member(char const* argument, Rank const& rank, Group const& group) {
  if constexpr (static_size<Rank> && static_size<size_of_group<Group>>) {
    constexpr std::size_t known = size_that_fits<fits_size(Rank::value)>(static_cast<std::size_t>(Rank::value));
    if constexpr (known >= size_of_group<Group>::value)
      Row::template refuse<call_refusal::rank_outside_group, known, size_of_group<Group>::value>();
  } else {
    expect_rank_below(to_size(rank, Row::verb), group.size, Row::verb, argument, group.name());
  }
}

[[noreturn]] constexpr void fail_group_size(std::size_t given, std::size_t ranks, char const* verb, std::string_view group) {
  fail<invalid_argument>(verb, "group_size is {}, and group '{}' has {} ranks", given, group, ranks);
}
constexpr void expect_equal_sizes(std::size_t given, std::size_t ranks, char const* verb, std::string_view group) {
  if (given != ranks) fail_group_size(given, ranks, verb, group);
}
/// Refuses a size of the group, given beside it, that is not its size.
template <class Row, size_like Size, any_group Group>
constexpr void expect_group_size(Size const& group_size, Group const& group) {
  if constexpr (known_to_differ<Size, size_of_group<Group>>)
    Row::template refuse<call_refusal::group_sizes_differ, Size::value, size_of_group<Group>::value>();
  else
    expect_equal_sizes(to_size(group_size, Row::verb), group.size, Row::verb, group.name());
}

// --- lengths of lists -------------------------------------------------------------------------------------------------------------------

[[noreturn]] constexpr void fail_length(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  fail<invalid_argument>(verb, "{} has {} entries, for a group of {}", argument, given, wanted);
}
constexpr void expect_length(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  if (given != wanted) fail_length(verb, argument, given, wanted);
}
/// One entry a rank.
template <class Row, class List, any_group Group>
constexpr void expect_one_a_rank(char const* argument, List const& list, Group const& group) {
  using given = decltype(list_length(list));
  if constexpr (known_to_differ<given, size_of_group<Group>>)
    Row::template refuse<call_refusal::not_one_a_rank, given::value, size_of_group<Group>::value>();
  else
    expect_length(Row::verb, argument, list_length(list), group.size);
}

[[noreturn]] constexpr void fail_pairs(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  fail<invalid_argument>(verb, "{} has {} entries, for {} on the other side", argument, given, wanted);
}
constexpr void expect_pairs(char const* verb, char const* argument, std::size_t given, std::size_t wanted) {
  if (given != wanted) fail_pairs(verb, argument, given, wanted);
}
/// Whether the types of two lists leave it possible that they have one length.
template <class List, class Other>
inline constexpr bool may_pair =
    !known_to_differ<decltype(list_length(std::declval<List const&>())), decltype(list_length(std::declval<Other const&>()))>;

/// As many entries as on the other side.
template <class Row, class List, class Other>
constexpr void expect_paired(char const* argument, List const& list, Other const& other) {
  if constexpr (!may_pair<List, Other>)
    Row::template refuse<call_refusal::lengths_differ, decltype(list_length(list))::value, decltype(list_length(other))::value>();
  else
    expect_pairs(Row::verb, argument, list_length(list), list_length(other));
}

/// As many entries as on the other side; calls f with each entry and the one beside it.
template <class Row, class List, class Other, class F>
constexpr void for_each_expected_pair(char const* argument, List const& list, Other const& other, F f) {
  expect_paired<Row>(argument, list, other);
  if constexpr (may_pair<List, Other>) for_each_pair(list, other, f);
}

/// Whether these are lists in a list; a compile error where they are not. CTAD misleads here: `std::tuple{a_tuple}` is a copy.
template <class Row, class Lists>
constexpr bool expect_lists() {
  if constexpr (!list_of_lists<Lists>) Row::template refuse<call_refusal::no_list_of_lists>();
  return list_of_lists<Lists>;
}

/// As many lists as tensors on the other side, each with one tensor a rank.
template <class Row, class Lists, class Singles, any_group Group>
constexpr void expect_lists_of_ranks(char const* argument, Lists const& lists, Singles const& singles, Group const& group) {
  if constexpr (expect_lists<Row, Lists>()) {
    expect_paired<Row>(argument, lists, singles);
    for_each_entry(lists, [&](auto const& list) { expect_one_a_rank<Row>(argument, list, group); });
  }
}

/// On the root, as many lists as tensors on the other side; the other ranks hand over no lists at all.
template <class Row, class Lists, class Singles, any_group Group>
constexpr void expect_lists_of_ranks_on_root(char const* argument, Lists const& lists, Singles const& singles, Group const& group) {
  using given = decltype(list_length(lists));
  if constexpr (!static_size<given>) {
    if (list_length(lists) != 0) expect_lists_of_ranks<Row>(argument, lists, singles, group);
  } else if constexpr (given::value != 0) {
    expect_lists_of_ranks<Row>(argument, lists, singles, group);
  }
}

// --- dtypes -----------------------------------------------------------------------------------------------------------------------------

[[noreturn]] constexpr void fail_mixed_dtypes(char const* verb) {
  fail<invalid_argument>(verb, "the tensors of one call have different dtypes");
}
/// The one dtype that all tensors of all these trees have; nothing where there is no tensor.
template <class Row, class... Trees>
constexpr std::optional<dtype> expect_one_dtype(Trees const&... trees) {
  if constexpr (known_to_mix_dtypes<Trees...>) {
    Row::template refuse<call_refusal::dtypes_differ>();
    return std::nullopt;
  } else {
    dtype_scan const found = dtypes_in(trees...);
    if (found.several) fail_mixed_dtypes(Row::verb);
    return found.last;
  }
}

// --- elements ---------------------------------------------------------------------------------------------------------------------------

[[noreturn]] constexpr void fail_whole_and_part(char const* verb, std::size_t whole, std::size_t ranks, std::size_t part) {
  fail<invalid_argument>(verb, "{} elements are not {} times {}", whole, ranks, part);
}
constexpr void expect_elements(char const* verb, std::size_t whole, std::size_t ranks, std::size_t part) {
  size_result const all = try_multiply(ranks, part);
  if (!all.fits || whole != all.value) fail_whole_and_part(verb, whole, ranks, part);
}

/// The whole has the group's size times the elements of the part, and its dtype. Returns the dtype.
template <class Row, class Whole, class Part, any_group Group>
constexpr std::optional<dtype> expect_whole_and_part(Whole const& whole, Part const& part, Group const& group) {
  auto const d = expect_one_dtype<Row>(whole, part);
  using elements = decltype(numel(whole));
  using elements_of_part = decltype(numel(part));
  using ranks = size_of_group<Group>;
  if constexpr (static_size<elements> && static_size<elements_of_part> && static_size<ranks>) {
    constexpr size_result all = try_multiply(ranks::value, elements_of_part::value);
    if constexpr (!all.fits || elements::value != all.value)
      Row::template refuse<call_refusal::whole_is_not_parts, elements::value, ranks::value, elements_of_part::value>();
  } else {
    expect_elements(Row::verb, numel(whole), group.size, numel(part));
  }
  if constexpr (!static_dtype_tensor<Whole>) {
    if (d && packs_rows(*d))
      expect_packed_parts(Row::verb, *d, packed_shape_of(extents_of(whole)), packed_shape_of(extents_of(part)), group.size);
  } else if constexpr (packs_rows(traits_of<Whole>::dtype)) {
    expect_packed_parts(Row::verb, traits_of<Whole>::dtype, packed_shape_of(extents_of(whole)), packed_shape_of(extents_of(part)),
                        group.size);
  }
  return d;
}

/// Only the root has the whole; the other ranks hand over a buffer without elements.
template <class Row, class Whole, class Part, any_group Group>
constexpr void expect_whole_and_part_on_root(Whole const& whole, Part const& part, Group const& group) {
  using elements = decltype(numel(whole));
  if constexpr (!static_size<elements>) {
    if (numel(whole) != 0) {
      expect_whole_and_part<Row>(whole, part, group);
      return;
    }
  } else if constexpr (elements::value != 0) {
    expect_whole_and_part<Row>(whole, part, group);
    return;
  }
  expect_one_dtype<Row>(whole, part);
}

/// A list of wholes and a list of their parts, pair by pair, all of one dtype, which is returned; `argument` names the wholes.
template <class Row, tensor_list Wholes, tensor_list Parts, any_group Group>
constexpr std::optional<dtype> expect_wholes_and_parts(char const* argument, Wholes const& wholes, Parts const& parts, Group const& group) {
  for_each_expected_pair<Row>(argument, wholes, parts,
                              [&](auto const& whole, auto const& part) { expect_whole_and_part<Row>(whole, part, group); });
  return expect_one_dtype<Row>(wholes, parts);
}

[[noreturn]] constexpr void fail_no_room(char const* verb, std::size_t out, std::size_t result) {
  fail<invalid_argument>(verb, "out has {} elements, the result {}", out, result);
}
constexpr void expect_elements_of_out(char const* verb, std::size_t out, std::size_t result) {
  if (out != result) fail_no_room(verb, out, result);
}

/// `out` has the dtype of the result that is written there, and as many elements.
template <class Row, class Result, class Out>
constexpr void expect_room(Result const& result, Out const& out) {
  expect_one_dtype<Row>(result, out);
  using given = decltype(numel(out));
  using wanted = decltype(numel(result));
  if constexpr (known_to_differ<given, wanted>)
    Row::template refuse<call_refusal::no_room, given::value, wanted::value>();
  else
    expect_elements_of_out(Row::verb, numel(out), numel(result));
}

}  // namespace commfold::detail
