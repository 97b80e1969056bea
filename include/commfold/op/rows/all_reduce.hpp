// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/all_reduce.hpp
/// all_reduce: every rank gets the reduction of all ranks' tensors. The message is the tensors of one rank. A reduction that the dtype does
/// not have, as the greatest of complex numbers, is refused (reductions.hpp).

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/reductions.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <string_view>

namespace commfold::c10d {

/// allreduce_(tensors, process_group, reduce_op, sparse_indices): `dist.all_reduce`. In place. Tensors of different dtypes are refused.
struct allreduce_t : op<allreduce_t> {
  COMMFOLD_OPERATOR("c10d::allreduce_");
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, Tensor? sparse_indices, bool async_op=True, int timeout=-1) -> "
      "(Tensor[], Work)"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules = in_place(arg(0), arg(1));
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, commfold::reduce_op how, auto const&...) {
    detail::expect_reduction(verb, how, detail::expect_one_dtype<allreduce_t>(tensors));
    return tensors;
  }
};

/// allreduce_coalesced_(tensors, process_group, reduce_op): one call for all tensors, which have one dtype. In place. PyTorch's table does
/// not hold it; its size follows its sibling's.
struct allreduce_coalesced_t : op<allreduce_coalesced_t> {
  COMMFOLD_OPERATOR("c10d::allreduce_coalesced_");
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules = in_place(arg(0), arg(1));
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, commfold::reduce_op how, auto const&...) {
    detail::expect_reduction(verb, how, detail::expect_one_dtype<allreduce_coalesced_t>(tensors));
    return tensors;
  }
};

inline constexpr allreduce_t allreduce_{};
inline constexpr allreduce_coalesced_t allreduce_coalesced_{};

}  // namespace commfold::c10d

namespace commfold::c10d_functional {

/// all_reduce(input, reduce_op, group): a fresh tensor of the shape of the input.
struct all_reduce_t : op<all_reduce_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_reduce");
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules{.group = arg(2), .counts = arg(0), .input = arg(0), .output = result, .message = arg(0)};
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op how, any_group auto const&) {
    return detail::reduced::of(verb, how, input);
  }
};

/// all_reduce_(input, reduce_op, group): `all_reduce` into its input.
struct all_reduce_in_place_t : op<all_reduce_in_place_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_reduce_");
  static constexpr std::string_view schema = "(Tensor(a!) input, str reduce_op, Any group_name) -> Tensor(a!)"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(0), .input = arg(0), .output = result, .message = arg(0), .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op how, any_group auto const&) {
    detail::expect_reduction(verb, how, dtype_of_tensor(input));
    return input;
  }
};

/// all_reduce_coalesced(inputs, reduce_op, group): one `all_reduce` of all tensors of a tree, which have one dtype.
struct all_reduce_coalesced_t : op<all_reduce_coalesced_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_reduce_coalesced");
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, Any group_name) -> Tensor[]"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules = all_reduce_t::rules;
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op how, any_group auto const&) {
    detail::expect_reduction(verb, how, detail::expect_one_dtype<all_reduce_coalesced_t>(inputs));
    return tree_map_only(is_tensor, [](auto const& t) { return detail::same_shape::of(t); }, inputs);
  }
};

/// all_reduce_coalesced_(inputs, reduce_op, group): `all_reduce_coalesced` into its inputs.
struct all_reduce_coalesced_in_place_t : op<all_reduce_coalesced_in_place_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_reduce_coalesced_");
  static constexpr std::string_view schema = "(Tensor[](a!) inputs, str reduce_op, Any group_name) -> Tensor[](a!)"sv;
  static constexpr auto kind = collective_kind::all_reduce;
  static constexpr call_rules rules = all_reduce_in_place_t::rules;
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op how, any_group auto const&) {
    detail::expect_reduction(verb, how, detail::expect_one_dtype<all_reduce_coalesced_in_place_t>(inputs));
    return inputs;
  }
};

inline constexpr all_reduce_t all_reduce{};
inline constexpr all_reduce_in_place_t all_reduce_{};
inline constexpr all_reduce_coalesced_t all_reduce_coalesced{};
inline constexpr all_reduce_coalesced_in_place_t all_reduce_coalesced_{};

}  // namespace commfold::c10d_functional
