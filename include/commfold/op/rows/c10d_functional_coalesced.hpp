// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional_coalesced.hpp
/// The operators of `torch.ops._c10d_functional` that take a list of tensors in one call. The list may be any tree.

#include <commfold/group/reduce_op.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/c10d_functional_tensors.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <string_view>

namespace commfold::c10d_functional {

/// all_reduce_coalesced(inputs, reduce_op, group): one `all_reduce` of all tensors of a tree.
struct all_reduce_coalesced_t : op<all_reduce_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce_coalesced"sv;
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, Any group_name) -> Tensor[]"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op how, any_group auto const& ranks) {
    return tree_map_only(is_tensor, [&](auto const& t) { return all_reduce_t::infer(t, how, ranks); }, inputs);
  }
};

/// all_gather_into_tensor_coalesced(inputs, group_size, group): one `all_gather_into_tensor` of all tensors of a tree.
struct all_gather_into_tensor_coalesced_t : op<all_gather_into_tensor_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::all_gather_into_tensor_coalesced"sv;
  static constexpr std::string_view schema = "(Tensor[] inputs, int group_size, Any group_name) -> Tensor[]"sv;
  using group = arg<2>;
  using counts = result;
  using input = arg<0>;
  using output = result;
  using message = result;
  static constexpr auto infer(tensor_or_list auto const& inputs, size_like auto const& group_size, any_group auto const& ranks) {
    return tree_map_only(is_tensor, [&](auto const& t) { return all_gather_into_tensor_t::infer(t, group_size, ranks); }, inputs);
  }
};

/// reduce_scatter_tensor_coalesced(inputs, reduce_op, group_size, group): one `reduce_scatter_tensor` of all tensors of a tree.
/// `comm_tensor_size` is PyTorch's: the results, a group's size less than the single form counts.
struct reduce_scatter_tensor_coalesced_t : op<reduce_scatter_tensor_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::reduce_scatter_tensor_coalesced"sv;
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, int group_size, Any group_name) -> Tensor[]"sv;
  using group = arg<3>;
  using counts = result;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op how, size_like auto const& group_size,
                              any_group auto const& ranks) {
    return tree_map_only(is_tensor, [&](auto const& t) { return reduce_scatter_tensor_t::infer(t, how, group_size, ranks); }, inputs);
  }
};

inline constexpr all_reduce_coalesced_t all_reduce_coalesced{};
inline constexpr all_gather_into_tensor_coalesced_t all_gather_into_tensor_coalesced{};
inline constexpr reduce_scatter_tensor_coalesced_t reduce_scatter_tensor_coalesced{};

}  // namespace commfold::c10d_functional
