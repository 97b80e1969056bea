// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/gather.hpp
/// gather: the root gets all ranks' tensors. The message is all of them together, on whichever rank the call is made.

#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/size/size_constant.hpp>

#include <string_view>

namespace commfold::c10d {

/// gather_(output_tensors, input_tensors, process_group, root_rank): `dist.gather`: on the root a list of one tensor a rank, elsewhere
/// none. The message is that list; where there is none, as many inputs as there are ranks. A root outside the group, lists of other lengths
/// and tensors of different dtypes are refused.
struct gather_t : op<gather_t> {
  COMMFOLD_OPERATOR("c10d::gather_");
  static constexpr std::string_view schema =
      "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
      "-> Work"sv;
  static constexpr auto kind = collective_kind::gather;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(0),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = on_root(arg(0), arg(1)),
                                    .output_by_rank = each_of_each(arg(0)),
                                    .aliases = arg(0),
                                    .root = arg(3)};
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member<gather_t>("root_rank", root_rank, ranks);
    detail::expect_lists_of_ranks_on_root<gather_t>("output_tensors", output_tensors, input_tensors, ranks);
    detail::expect_one_dtype<gather_t>(output_tensors, input_tensors);
    return output_tensors;
  }
};

/// gather_into_tensor_(input_tensor, output_tensor, process_group, root_rank): `dist.gather_single`. On the root, the output has the
/// group's size times as many elements as the input; elsewhere it may have none. PyTorch's table of collectives does not hold it; the order
/// of the arguments is that of the measured call, the names of the arguments are ours.
struct gather_into_tensor_t : op<gather_into_tensor_t> {
  COMMFOLD_OPERATOR("c10d::gather_into_tensor_");
  static constexpr std::string_view schema =
      "(Tensor input_tensor, Tensor output_tensor, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::gather;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(1),
                                    .input = arg(0),
                                    .output = arg(1),
                                    .message = times_ranks(arg(0)),
                                    .aliases = arg(1),
                                    .root = arg(3)};
  static constexpr auto infer(tensor_like auto const& input_tensor, tensor_like auto const& output_tensor, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member<gather_into_tensor_t>("root_rank", root_rank, ranks);
    detail::expect_whole_and_part_on_root<gather_into_tensor_t>(output_tensor, input_tensor, ranks);
    return output_tensor;
  }
};

inline constexpr gather_t gather_{};
inline constexpr gather_into_tensor_t gather_into_tensor_{};

}  // namespace commfold::c10d
