// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/batch.hpp
/// Sends and receives in one call: four lists of one length, of operations, peers, tags and tensors.

#include <commfold/error.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/text/fixed_string.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace commfold::detail {

template <class T>
concept range_of_names = requires(T const& names) {
  std::string_view(*std::begin(names));
  { std::size(names) } -> size_like;
};
template <class T>
concept range_of_integers = requires(T const& numbers) {
  { *std::begin(numbers) } -> size_like;
  { std::size(numbers) } -> size_like;
};

[[noreturn]] inline void fail_p2p_operation(std::string_view operation) {
  fail<invalid_argument>("commfold::batch_p2p_ops: an operation is 'isend' or 'irecv', not '" + std::string(operation) + "'");
}
constexpr bool is_receive(std::string_view operation) {
  if (operation != "isend" && operation != "irecv") fail_p2p_operation(operation);
  return operation == "irecv";
}

[[noreturn]] inline void fail_batch(char const* list, std::size_t given, std::size_t tensors) {
  fail<invalid_argument>(std::string("commfold::batch_p2p_ops: ") + list + " has " + std::to_string(given) + " entries, for " +
                         std::to_string(tensors) + " tensors");
}
constexpr void expect_batch_length(char const* list, std::size_t given, std::size_t tensors) {
  if (given != tensors) fail_batch(list, given, tensors);
}
template <class List, class Tensors>
constexpr void expect_one_a_tensor(char const* argument, List const& list, Tensors const& tensors) {
  constexpr bool may_be = known_to_pair<decltype(count_of(list)), decltype(length(tensors))>;
  static_assert(may_be, "commfold::batch_p2p_ops: a list of operations, peers or tags is not as long as the list of tensors");
  if constexpr (may_be) expect_batch_length(argument, count_of(list), length(tensors));
}

/// Refuses lists of different lengths, and an operation that is neither a send nor a receive.
template <range_of_names Operations, range_of_integers Peers, range_of_integers Tags, list_like Tensors>
constexpr void expect_batch(Operations const& operations, Peers const& peers, Tags const& tags, Tensors const& tensors) {
  expect_one_a_tensor("op_list", operations, tensors);
  expect_one_a_tensor("peer_list", peers, tensors);
  expect_one_a_tensor("tag_list", tags, tensors);
  for (auto const& operation : operations) is_receive(std::string_view(operation));
}

/// Calls f(peer, tensor) for each entry of a batch whose operation it is.
template <fixed_string Operation, range_of_names Operations, range_of_integers Peers, list_like Tensors, class F>
constexpr void for_each_in_batch(Operations const& operations, Peers const& peers, Tensors const& tensors, F f) {
  expect_batch(operations, peers, peers, tensors);
  auto operation = std::begin(operations);
  auto peer = std::begin(peers);
  for_each_child(tensors, [&](auto const& t) {
    if (std::string_view(*operation) == Operation.view()) f(*peer, t);
    ++operation;
    ++peer;
  });
}

}  // namespace commfold::detail
