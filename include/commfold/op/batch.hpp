// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/batch.hpp
/// Sends and receives in one call: four lists of one length, of operations, peers, tags and tensors.

#include <commfold/error.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_access.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/refusal.hpp>
#include <commfold/size/size_constant.hpp>

#include <array>  // std::begin and std::size, without the streams of <iterator>
#include <cstddef>
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

[[noreturn]] constexpr void fail_p2p_operation(char const* verb, std::string_view operation) {
  fail<invalid_argument>(verb, "an operation is 'isend' or 'irecv', not '{}'", operation);
}
constexpr bool is_receive(char const* verb, std::string_view operation) {
  if (operation != "isend" && operation != "irecv") fail_p2p_operation(verb, operation);
  return operation == "irecv";
}

[[noreturn]] constexpr void fail_batch(char const* verb, char const* list, std::size_t given, std::size_t tensors) {
  fail<invalid_argument>(verb, "{} has {} entries, for {} tensors", list, given, tensors);
}
constexpr void expect_batch_length(char const* verb, char const* list, std::size_t given, std::size_t tensors) {
  if (given != tensors) fail_batch(verb, list, given, tensors);
}
template <class Row, class List, class Tensors>
constexpr void expect_one_a_tensor(char const* argument, List const& list, Tensors const& tensors) {
  using given = decltype(length_of(list));
  using wanted = decltype(list_length(tensors));
  if constexpr (known_to_differ<given, wanted>)
    Row::template refuse<call_refusal::batch_lengths_differ, given::value, wanted::value>();
  else
    expect_batch_length(Row::verb, argument, length_of(list), list_length(tensors));
}

/// Refuses lists of different lengths, and an operation that is neither a send nor a receive.
template <class Row, range_of_names Operations, range_of_integers Peers, range_of_integers Tags, list_like Tensors>
constexpr void expect_batch(Operations const& operations, Peers const& peers, Tags const& tags, Tensors const& tensors) {
  expect_one_a_tensor<Row>("op_list", operations, tensors);
  expect_one_a_tensor<Row>("peer_list", peers, tensors);
  expect_one_a_tensor<Row>("tag_list", tags, tensors);
  for (auto const& operation : operations) is_receive(Row::verb, std::string_view(operation));
}

/// Calls f(is_receive, peer, tensor) for each entry of a batch.
template <class Row, range_of_names Operations, range_of_integers Peers, list_like Tensors, class F>
constexpr void for_each_in_batch(Operations const& operations, Peers const& peers, Tensors const& tensors, F f) {
  expect_batch<Row>(operations, peers, peers, tensors);
  auto operation = std::begin(operations);
  auto peer = std::begin(peers);
  for_each_entry(tensors, [&](auto const& t) {
    f(is_receive(Row::verb, std::string_view(*operation)), *peer, t);
    ++operation;
    ++peer;
  });
}

}  // namespace commfold::detail
