// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/argument_summary.hpp
/// What the rules of the operator table ask of an argument, as numbers: the argument with its type forgotten.

#include <commfold/group/process_group.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::detail {

/// What the rules ask of one argument of a call, or of what it made. The rules look at these as they look at the arguments themselves,
/// and are then compiled once for an operator, and not once for a type of tensor: a step of two thousand calls may have as many types.
struct argument_summary {
  std::size_t payload = 0;      // of the tensors in it
  dtype_seen dtypes{};          // of the same
  std::size_t length = 0;       // of a list
  std::size_t size = 0;         // of a group
  std::string_view group_name;  // of the same
};

/// The facts about the arguments of one call; rules look at them as they look at the arguments.
template <std::size_t Count>
struct call_facts {
  argument_summary arguments[Count];

  [[nodiscard]] constexpr argument_summary const& argument(std::size_t i) const noexcept { return arguments[i]; }
};

constexpr std::size_t length(argument_summary const& list) noexcept { return list.length; }
constexpr dtype_seen const& dtypes_in(argument_summary const& argument) noexcept { return argument.dtypes; }

constexpr argument_summary facts_of_tensor(std::size_t payload, dtype type) noexcept {
  argument_summary facts;
  facts.payload = payload;
  facts.dtypes.one = type;
  return facts;
}

/// Our own tensors are asked directly: for a compiler the way over the traits costs as much as the rest of a call.
template <dtype D, std::size_t... E>
constexpr argument_summary facts_of([[maybe_unused]] tensor<D, E...> const& argument) {
  if constexpr (constexpr std::size_t known = static_payload_bytes<tensor<D, E...>>; known != dyn)
    return facts_of_tensor(known, D);
  else
    return facts_of_tensor(payload_bytes(argument), D);
}

/// facts_of(argument): nothing is asked of what no rule looks at, as numbers, names, and a reduction.
template <class T>
constexpr argument_summary facts_of([[maybe_unused]] T const& argument) {
  if constexpr (tensor_like<T>) return facts_of_tensor(payload_bytes(argument), dtype_of_tensor(argument));
  argument_summary facts;
  if constexpr (any_group<T>) {
    facts.size = argument.size;
    facts.group_name = argument.name();
  } else if constexpr (tree_node<T> && !range_of_names<T> && !range_of_integers<T>) {
    auto add_leaf = [&facts](auto const& leaf) {
      if constexpr (tensor_like<decltype(leaf)>) {
        argument_summary const one = facts_of(leaf);
        facts.payload = checked_add(facts.payload, one.payload);
        facts.dtypes.see(*one.dtypes.one);
      }
    };
    tree_for_each(add_leaf, argument);
    if constexpr (list_like<T>) facts.length = length(argument);
  }
  return facts;
}

}  // namespace commfold::detail
