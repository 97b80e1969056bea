// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/reduce_scatter.hpp
/// reduce_scatter: every rank gets its part of the reduction of all ranks' tensors. The message is the whole that is reduced. A reduction
/// that the dtype does not have, as the greatest of complex numbers, is refused (reductions.hpp).

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/reductions.hpp>
#include <commfold/op/rows/twin.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <string_view>

namespace commfold::c10d {

/// reduce_scatter_(output_tensors, input_tensors, process_group, reduce_op): `dist.reduce_scatter`: a list of one tensor a rank for each
/// output. Lists of other lengths and tensors of different dtypes are refused.
struct reduce_scatter_t : op<reduce_scatter_t> {
  COMMFOLD_OPERATOR("c10d::reduce_scatter_");
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, "
      "int timeout=-1) -> (Tensor[], Work)"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(1),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = arg(1),
                                    .input_by_rank = each_of_each(arg(1)),
                                    .aliases = arg(0)};
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              commfold::reduce_op how, auto const&...) {
    detail::expect_lists_of_ranks<reduce_scatter_t>("input_tensors", input_tensors, output_tensors, ranks);
    detail::expect_reduction(verb, how, detail::expect_one_dtype<reduce_scatter_t>(output_tensors, input_tensors));
    return output_tensors;
  }
};

/// _reduce_scatter_base_(output_tensor, input_tensor, process_group, reduce_op): `dist.reduce_scatter_tensor`. The input has the group's
/// size times as many elements as the output; anything else is an `invalid_argument`. Returns the output.
struct reduce_scatter_base_t : op<reduce_scatter_base_t> {
  COMMFOLD_OPERATOR("c10d::_reduce_scatter_base_");
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> "
      "(Tensor, Work)"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(1), .input = arg(1), .output = arg(0), .message = arg(1), .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks,
                              commfold::reduce_op how, auto const&...) {
    detail::expect_reduction(verb, how, detail::expect_whole_and_part<reduce_scatter_base_t>(input_tensor, output_tensor, ranks));
    return output_tensor;
  }
};

/// reduce_scatter_tensor_coalesced_(outputs, inputs, process_group, reduce_op): several `_reduce_scatter_base_` in one call, of tensors of
/// one dtype. PyTorch's table does not hold it; its size follows its sibling's.
struct reduce_scatter_tensor_coalesced_t : op<reduce_scatter_tensor_coalesced_t> {
  COMMFOLD_OPERATOR("c10d::reduce_scatter_tensor_coalesced_");
  static constexpr std::string_view schema =
      "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(1), .input = arg(1), .output = arg(0), .message = arg(1), .tensors = arg(1), .aliases = arg(0)};
  static constexpr auto infer(tensor_list auto const& outputs, tensor_list auto const& inputs, any_group auto const& ranks,
                              commfold::reduce_op how, auto const&...) {
    detail::expect_reduction(verb, how,
                             detail::expect_wholes_and_parts<reduce_scatter_tensor_coalesced_t>("inputs", inputs, outputs, ranks));
    return outputs;
  }
};

inline constexpr reduce_scatter_t reduce_scatter_{};
inline constexpr reduce_scatter_base_t _reduce_scatter_base_{};
inline constexpr reduce_scatter_tensor_coalesced_t reduce_scatter_tensor_coalesced_{};

}  // namespace commfold::c10d

namespace commfold::c10d_functional {

/// reduce_scatter_tensor(input, reduce_op, group_size, group): this rank's block, along dimension 0, of the reduction of all inputs.
/// A dimension 0 that the group does not divide is refused, and a group_size that is not the group's; PyTorch's fake rounds down, and takes
/// the group_size for the shape.
struct reduce_scatter_tensor_t : op<reduce_scatter_tensor_t> {
  COMMFOLD_OPERATOR("_c10d_functional::reduce_scatter_tensor");
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, int group_size, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules{.group = arg(3), .counts = arg(0), .input = arg(0), .output = result, .message = arg(0)};
  template <class Row = reduce_scatter_tensor_t>
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op how, size_like auto const& group_size,
                              any_group auto const& ranks) {
    detail::expect_group_size<Row>(group_size, ranks);
    detail::expect_reduction(Row::verb, how, dtype_of_tensor(input));
    return detail::scattered<Row>(input, group_size);
  }
};

/// reduce_scatter_tensor_out(input, reduce_op, group_size, group, out): `reduce_scatter_tensor` into `out`, which must have the result's
/// dtype and number of elements; what is returned is a fresh tensor of the right shape. PyTorch's table holds it in no set of sizes or
/// groups; here it is sized as `reduce_scatter_tensor` is.
struct reduce_scatter_tensor_out_t : op<reduce_scatter_tensor_out_t> {
  COMMFOLD_OPERATOR("_c10d_functional::reduce_scatter_tensor_out");
  static constexpr std::string_view schema =
      "(Tensor input, str reduce_op, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules = reduce_scatter_tensor_t::rules;
  template <tensor_like T, size_like Ranks>
  static constexpr auto infer(T const& input, commfold::reduce_op how, Ranks const& group_size, any_group auto const& ranks,
                              tensor_like auto const& out) {
    detail::expect_group_size<reduce_scatter_tensor_out_t>(group_size, ranks);
    detail::expect_reduction(verb, how, dtype_of_tensor(input));
    auto const shard = detail::scattered<reduce_scatter_tensor_out_t>(input, group_size);
    if constexpr (detail::may_divide<T, Ranks>) detail::expect_room<reduce_scatter_tensor_out_t>(shard, out);
    return shard;
  }
};

/// reduce_scatter_tensor_coalesced(inputs, reduce_op, group_size, group): one `reduce_scatter_tensor` of all tensors of a tree, which have
/// one dtype. `comm_tensor_size` is PyTorch's: the results, a group's size less than the single form counts.
struct reduce_scatter_tensor_coalesced_t : op<reduce_scatter_tensor_coalesced_t> {
  COMMFOLD_OPERATOR("_c10d_functional::reduce_scatter_tensor_coalesced");
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, int group_size, Any group_name) -> Tensor[]"sv;
  static constexpr auto kind = collective_kind::reduce_scatter;
  static constexpr call_rules rules{
      .group = arg(3), .counts = result, .input = arg(0), .output = result, .message = arg(0), .tensors = arg(0)};
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op how, size_like auto const& group_size,
                              any_group auto const& ranks) {
    using row = reduce_scatter_tensor_coalesced_t;
    detail::expect_group_size<row>(group_size, ranks);
    detail::expect_reduction(verb, how, detail::expect_one_dtype<row>(inputs));
    return tree_map_only(is_tensor, [&](auto const& t) { return detail::scattered<row>(t, group_size); }, inputs);
  }
};

inline constexpr reduce_scatter_tensor_t reduce_scatter_tensor{};
inline constexpr reduce_scatter_tensor_out_t reduce_scatter_tensor_out{};
inline constexpr reduce_scatter_tensor_coalesced_t reduce_scatter_tensor_coalesced{};

}  // namespace commfold::c10d_functional

namespace commfold::c10d_functional_autograd {

/// reduce_scatter_tensor(input, reduce_op, group_size, group); backward, an `all_gather_into_tensor`.
struct reduce_scatter_tensor_t : detail::twin<reduce_scatter_tensor_t, c10d_functional::reduce_scatter_tensor_t> {
  COMMFOLD_OPERATOR("_c10d_functional_autograd::reduce_scatter_tensor");
};

inline constexpr reduce_scatter_tensor_t reduce_scatter_tensor{};

}  // namespace commfold::c10d_functional_autograd
