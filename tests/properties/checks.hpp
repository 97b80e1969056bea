// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/properties/checks.hpp
/// What the programs of generate.cpp check with. They include this header and no other.

#include <commfold/adapt/hana.hpp>
#include <commfold/comm/mpi_calls.hpp>
#include <commfold/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/tree.hpp>

#include <boost/hana/tuple.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cf = commfold;

namespace properties {

template <class Tree>
using sum_of = decltype(cf::sum_tensors(std::declval<Tree const&>()));

/// The number of checks that failed. Each says so.
inline int& failures() {
  static int count = 0;
  return count;
}
inline void fail(char const* what, std::string const& got, std::string const& wanted) {
  std::printf("%s: got %s, wanted %s\n", what, got.c_str(), wanted.c_str());
  ++failures();
}

/// `float32[2, 3] of 24 B`; "other" for a leaf that is no tensor.
template <class Leaf>
std::string text_of(Leaf const& leaf) {
  if constexpr (cf::tensor_like<Leaf>) {
    cf::dynamic_tensor const t(leaf);
    std::string text = std::string(cf::name(t.dtype())) + "[";
    for (std::size_t r = 0; r != t.rank(); ++r) text += (r == 0 ? "" : ", ") + std::to_string(t.extent(r));
    return text + "] of " + std::to_string(t.storage_bytes()) + " B";
  } else {
    return "other";
  }
}

/// The leaves one by one, as a visitor meets them.
template <class Tree>
std::string visited(Tree const& tree) {
  std::string all;
  cf::tree_for_each([&](auto const& leaf) { all += text_of(leaf) + "; "; }, tree);
  return all;
}

/// The leaves of `tree_leaves`: a tuple where their number is in the type, else a vector, of variants where they have several types.
template <class Tree>
std::string flattened(Tree const& tree) {
  auto const leaves = cf::tree_leaves(tree);
  std::string all;
  if constexpr (cf::leaf_count<Tree> == cf::dyn) {
    for (auto const& leaf : leaves) {
      if constexpr (requires { std::variant_size<std::remove_cvref_t<decltype(leaf)>>::value; })
        std::visit([&](auto const& held) { all += text_of(held) + "; "; }, leaf);
      else
        all += text_of(leaf) + "; ";
    }
  } else {
    all = visited(leaves);
  }
  return all;
}

template <class Tree>
void check(char const* what, Tree const& tree, std::size_t bytes, std::initializer_list<std::string_view> leaves) {
  std::string wanted;
  for (std::string_view const leaf : leaves) wanted += std::string(leaf) + "; ";
  if (std::size_t const sum = cf::sum_tensors(tree); sum != bytes) fail(what, "a sum of " + std::to_string(sum), std::to_string(bytes));
  if (std::string const got = visited(tree); got != wanted) fail(what, got, wanted);
  if (std::string const got = flattened(tree); got != wanted) fail(what, "flattened: " + got, wanted);
  auto const [flat, structure] = cf::tree_flatten(tree);
  if (std::string const got = visited(cf::tree_unflatten(structure, flat)); got != wanted) fail(what, "put together: " + got, wanted);
}

struct expected_call {
  std::string_view op;
  std::string_view phase;
  std::string_view dtype;
  std::size_t ranks;
  std::size_t in, out, message;
};

/// Whether a step over the tree records these calls, in order, and a ledger the same totals.
template <class Step, class Tree>
constexpr bool calls_are(Step step, Tree const& tree, std::initializer_list<expected_call> expected) {
  auto const over = [&](auto& comm) { step(comm, tree); };
  auto const log = cf::log(over);
  if (log.calls().size() != expected.size()) return false;
  std::size_t in = 0, out = 0, message = 0;
  for (std::size_t i = 0; i != expected.size(); ++i) {
    cf::call_record const call = log.calls()[i];
    expected_call const& wanted = expected.begin()[i];
    if (call.op() != wanted.op || call.phase() != wanted.phase || call.group() != "g" || call.group_size() != wanted.ranks) return false;
    if (!call.dtype() || cf::name(*call.dtype()) != wanted.dtype) return false;
    if (call.bytes() != cf::call_bytes{wanted.in, wanted.out, wanted.message}) return false;
    in += wanted.in;
    out += wanted.out;
    message += wanted.message;
  }
  auto const ledger = cf::trace<cf::dyn>(over);
  return ledger.calls() == expected.size() && ledger.input_bytes() == in && ledger.output_bytes() == out &&
         ledger.message_bytes() == message;
}

template <class Step, class Tree>
void check_calls(char const* what, Step step, Tree const& tree, std::initializer_list<expected_call> expected) {
  if (calls_are(step, tree, expected)) return;
  std::string got, wanted;
  auto const log = cf::log([&](auto& comm) { step(comm, tree); });
  for (cf::call_record const call : log.calls())
    got += "\n  " + std::string(call.phase()) + " " + std::string(call.op()) + " " + std::to_string(call.bytes().input_bytes) + " " +
           std::to_string(call.bytes().output_bytes) + " " + std::to_string(call.bytes().message_bytes);
  for (expected_call const& call : expected)
    wanted += "\n  " + std::string(call.phase) + " " + std::string(call.op) + " " + std::to_string(call.in) + " " +
              std::to_string(call.out) + " " + std::to_string(call.message);
  fail(what, got, wanted);
}

}  // namespace properties
