// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/scatter.hpp
/// scatter: every rank gets its tensor of the root's list. The message is that list, on whichever rank the call is made.

#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/size/size_constant.hpp>

#include <string_view>

namespace commfold::c10d {

/// scatter_(output_tensors, input_tensors, process_group, root_rank): `dist.scatter`: on the root a list of one tensor a rank, elsewhere
/// none. The message is that list; where there is none, as many outputs as there are ranks. A root outside the group, lists of other
/// lengths and tensors of different dtypes are refused.
struct scatter_t : op<scatter_t> {
  COMMFOLD_OPERATOR("c10d::scatter_");
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
      "-> (Tensor[], Work)"sv;
  static constexpr auto kind = collective_kind::scatter;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = arg(1),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = on_root(arg(1), arg(0)),
                                    .input_by_rank = each_of_each(arg(1)),
                                    .aliases = arg(0),
                                    .root = arg(3)};
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member<scatter_t>("root_rank", root_rank, ranks);
    detail::expect_lists_of_ranks_on_root<scatter_t>("input_tensors", input_tensors, output_tensors, ranks);
    detail::expect_one_dtype<scatter_t>(output_tensors, input_tensors);
    return output_tensors;
  }
};

inline constexpr scatter_t scatter_{};

}  // namespace commfold::c10d
