// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/all_gather.hpp
/// all_gather: every rank gets all ranks' tensors. The message is all of them together.

#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_access.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/twin.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <string_view>

namespace commfold::c10d {

/// allgather_(output_tensors, input_tensors, process_group): `dist.all_gather`: a list of one tensor a rank for each input. Lists of other
/// lengths and tensors of different dtypes are refused.
struct allgather_t : op<allgather_t> {
  COMMFOLD_OPERATOR("c10d::allgather_");
  static constexpr std::string_view schema =
      "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> "
      "(Tensor[][], Work)"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(0),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = arg(0),
                                    .output_by_rank = each_of_each(arg(0)),
                                    .aliases = arg(0)};
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_lists_of_ranks<allgather_t>("output_tensors", output_tensors, input_tensors, ranks);
    detail::expect_one_dtype<allgather_t>(output_tensors, input_tensors);
    return output_tensors;
  }
};

/// _allgather_base_(output_tensor, input_tensor, process_group): `dist.all_gather_into_tensor`. Output and input may have any shapes, the
/// output with the group's size times as many elements; anything else is an `invalid_argument`. Returns the output.
struct allgather_base_t : op<allgather_base_t> {
  COMMFOLD_OPERATOR("c10d::_allgather_base_");
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor, Work)"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(0), .input = arg(1), .output = arg(0), .message = arg(0), .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_whole_and_part<allgather_base_t>(output_tensor, input_tensor, ranks);
    return output_tensor;
  }
};

/// allgather_coalesced_(output_lists, input_list, process_group): one call for all inputs; output_lists[i] holds those of rank i. Tensors
/// of different dtypes are refused. PyTorch's table does not hold it; its size follows its sibling's.
struct allgather_coalesced_t : op<allgather_coalesced_t> {
  COMMFOLD_OPERATOR("c10d::allgather_coalesced_");
  static constexpr std::string_view schema =
      "(Tensor[][] output_lists, Tensor[] input_list, ProcessGroup process_group, bool async_op=True) -> Work"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(0),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = arg(0),
                                    .output_by_rank = each(arg(0)),
                                    .aliases = arg(0)};
  template <list_like Lists>
  static constexpr auto infer(Lists const& output_lists, list_like auto const& input_list, any_group auto const& ranks, auto const&...) {
    using row = allgather_coalesced_t;
    detail::expect_one_a_rank<row>("output_lists", output_lists, ranks);
    if constexpr (detail::expect_lists<row, Lists>()) {
      detail::for_each_entry(output_lists, [&](auto const& list) { detail::expect_paired<row>("output_lists", list, input_list); });
      detail::expect_one_dtype<row>(output_lists, input_list);
    }
    return output_lists;
  }
};

/// allgather_into_tensor_coalesced_(outputs, inputs, process_group): several `_allgather_base_` in one call, of tensors of one dtype.
/// PyTorch's table does not hold it; its size follows its sibling's.
struct allgather_into_tensor_coalesced_t : op<allgather_into_tensor_coalesced_t> {
  COMMFOLD_OPERATOR("c10d::allgather_into_tensor_coalesced_");
  static constexpr std::string_view schema =
      "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, bool async_op=True) -> Work"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules = allgather_base_t::rules;
  static constexpr auto infer(tensor_list auto const& outputs, tensor_list auto const& inputs, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_wholes_and_parts<allgather_into_tensor_coalesced_t>("outputs", outputs, inputs, ranks);
    return outputs;
  }
};

inline constexpr allgather_t allgather_{};
inline constexpr allgather_base_t _allgather_base_{};
inline constexpr allgather_coalesced_t allgather_coalesced_{};
inline constexpr allgather_into_tensor_coalesced_t allgather_into_tensor_coalesced_{};

}  // namespace commfold::c10d

namespace commfold::c10d_functional {

/// all_gather_into_tensor(input, group_size, group): the inputs of all ranks, concatenated along dimension 0. A group_size that is not the
/// group's is refused; PyTorch's fake takes it for the shape.
struct all_gather_into_tensor_t : op<all_gather_into_tensor_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_gather_into_tensor");
  static constexpr std::string_view schema = "(Tensor input, int group_size, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules{.group = arg(2), .counts = result, .input = arg(0), .output = result, .message = result};
  template <class Row = all_gather_into_tensor_t>
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& group_size, any_group auto const& ranks) {
    detail::expect_group_size<Row>(group_size, ranks);
    return detail::gathered<Row>(input, group_size);
  }
};

/// all_gather_into_tensor_out(input, group_size, group, out): `all_gather_into_tensor` into `out`, which must have the result's dtype and
/// number of elements. `out` is keyword-only in the schema, and follows the other arguments here; as under PyTorch's meta kernels, what is
/// returned is a fresh tensor of the right shape.
/// PyTorch's table sizes it by its last argument, which is never `out`; here it is `out`, as PyTorch's function answers when called by
/// hand.
struct all_gather_into_tensor_out_t : op<all_gather_into_tensor_out_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_gather_into_tensor_out");
  static constexpr std::string_view schema = "(Tensor input, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules{.group = arg(2), .counts = arg(3), .input = arg(0), .output = result, .message = result};
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& group_size, any_group auto const& ranks,
                              tensor_like auto const& out) {
    detail::expect_group_size<all_gather_into_tensor_out_t>(group_size, ranks);
    auto const whole = detail::gathered<all_gather_into_tensor_out_t>(input, group_size);
    detail::expect_room<all_gather_into_tensor_out_t>(whole, out);
    return whole;
  }
};

/// all_gather_into_tensor_coalesced(inputs, group_size, group): one `all_gather_into_tensor` of all tensors of a tree, which have one
/// dtype.
struct all_gather_into_tensor_coalesced_t : op<all_gather_into_tensor_coalesced_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_gather_into_tensor_coalesced");
  static constexpr std::string_view schema = "(Tensor[] inputs, int group_size, Any group_name) -> Tensor[]"sv;
  static constexpr auto kind = collective_kind::all_gather;
  static constexpr call_rules rules = all_gather_into_tensor_t::rules;
  static constexpr auto infer(tensor_or_list auto const& inputs, size_like auto const& group_size, any_group auto const& ranks) {
    using row = all_gather_into_tensor_coalesced_t;
    detail::expect_group_size<row>(group_size, ranks);
    detail::expect_one_dtype<row>(inputs);
    return tree_map_only(is_tensor, [&](auto const& t) { return detail::gathered<row>(t, group_size); }, inputs);
  }
};

inline constexpr all_gather_into_tensor_t all_gather_into_tensor{};
inline constexpr all_gather_into_tensor_out_t all_gather_into_tensor_out{};
inline constexpr all_gather_into_tensor_coalesced_t all_gather_into_tensor_coalesced{};

}  // namespace commfold::c10d_functional

namespace commfold::c10d_functional_autograd {

/// all_gather_into_tensor(input, group_size, group); backward, a `reduce_scatter_tensor`.
struct all_gather_into_tensor_t : detail::twin<all_gather_into_tensor_t, c10d_functional::all_gather_into_tensor_t> {
  COMMFOLD_OPERATOR("_c10d_functional_autograd::all_gather_into_tensor");
};

inline constexpr all_gather_into_tensor_t all_gather_into_tensor{};

}  // namespace commfold::c10d_functional_autograd
