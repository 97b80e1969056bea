// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/argument_summary.hpp
/// What the rules of an operator ask of an argument, as numbers, with the type of the argument forgotten.

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/batch.hpp>
#include <commfold/op/dtype_scan.hpp>
#include <commfold/op/list_access.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/sum.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::detail {

/// What a rule of sizes may ask of one argument of a call, or of its result.
struct argument_weight {
  std::size_t bytes = 0;     ///< of the tensors in it: their payload, or the storage behind them
  bool known = true;         ///< false for a type that does not tell its bytes
  std::size_t length = 0;    ///< of a list
  std::size_t number = 0;    ///< of a group, its size; of an integer, its value
  std::size_t sends = 0;     ///< of the tensors of a batch, the payload of those that are sent
  std::size_t receives = 0;  ///< of the tensors of a batch, the payload of those that are received
};

/// What any rule may ask. Rules read summaries and not arguments, so that they are compiled once, and not for every type of tensor: a step
/// of two thousand calls may have as many types.
struct argument_summary : argument_weight {
  dtype_scan dtypes{};          ///< of the tensors in it
  std::string_view group_name;  ///< of a group
};

/// That of a term that is nothing.
inline constexpr argument_summary no_summary{};

/// Whether the type of an argument says all that its summary holds: groups and sizes in their types, and what no rule looks at.
template <class T>
inline constexpr bool summarized_by_type = __is_empty(T) && (any_group<T> || static_size<T>);
template <>
inline constexpr bool summarized_by_type<reduce_op> = true;

constexpr argument_summary summary_of_tensor(std::size_t payload, dtype type) noexcept {
  argument_summary summary;
  summary.bytes = payload;
  summary.dtypes.last = type;
  return summary;
}

template <class T>
inline constexpr bool is_own_tensor = false;
template <dtype D, std::size_t... E>
inline constexpr bool is_own_tensor<tensor<D, E...>> = true;

/// payload_summary(argument): with the payload of its tensors, numel x itemsize. Of what no rule looks at, as names and a reduction,
/// nothing. Our own tensors are asked directly, and not by an overload: for a compiler the way over the traits costs as much as the rest of
/// a call, and to choose between two templates as much as a third.
template <class T>
constexpr argument_summary payload_summary([[maybe_unused]] T const& argument) {
  if constexpr (is_own_tensor<T>) {
    if constexpr (static_payload_bytes<T> != dyn)
      return summary_of_tensor(static_payload_bytes<T>, T::dtype);
    else
      return summary_of_tensor(payload_bytes(argument), T::dtype);
  } else if constexpr (tensor_like<T>) {
    return summary_of_tensor(payload_bytes(argument), dtype_of_tensor(argument));
  } else {
    argument_summary summary;
    if constexpr (any_group<T>) {
      summary.number = argument.size;
      summary.group_name = argument.name();
    } else if constexpr (size_like<T>) {
      summary.number = static_cast<std::size_t>(argument);  // a root or a peer, which the inference accepted; anything else is not asked
    } else if constexpr (tree_node<T> && !range_of_names<T> && !range_of_integers<T>) {
      auto add_leaf = [&summary](auto const& leaf) {
        if constexpr (tensor_like<decltype(leaf)>) {
          argument_summary const one = payload_summary(leaf);
          summary.bytes = checked_add(summary.bytes, one.bytes);
          summary.dtypes.see(*one.dtypes.last);
        }
      };
      tree_for_each(add_leaf, argument);
      if constexpr (list_like<T>) summary.length = list_length(argument);
    }
    return summary;
  }
}

/// payload_summary of the tensors of a batch, with the sends and the receives apart.
template <class Row, class Operations, class Peers, class Tensors>
constexpr argument_summary batch_summary(Operations const& operations, Peers const& peers, Tensors const& tensors) {
  argument_summary summary = payload_summary(tensors);
  for_each_in_batch<Row>(operations, peers, tensors, [&](bool received, auto const&, auto const& t) {
    std::size_t& side = received ? summary.receives : summary.sends;
    side = checked_add(side, payload_summary(t).bytes);
  });
  return summary;
}

/// The storage behind the tensors of a type, as `sum_tensors` counts it, where the type alone tells; `dyn` bytes are not known.
constexpr argument_weight storage_weight_of_type(std::size_t bytes) noexcept {
  if (bytes == dyn) return {.known = false};
  return {.bytes = bytes};
}

/// The storage behind the tensors of an argument.
template <class T>
constexpr argument_weight storage_weight(T const& argument) {
  return {.bytes = sum_tensors(argument)};
}

}  // namespace commfold::detail
