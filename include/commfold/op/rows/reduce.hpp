// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/reduce.hpp
/// reduce: the root gets the reduction of all ranks' tensors. The message is the tensors of one rank.

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/reductions.hpp>
#include <commfold/size/size_constant.hpp>

#include <string_view>

namespace commfold::c10d {

/// reduce_(tensors, process_group, reduce_op, root_rank, root_tensor): `dist.reduce`. In place, on the root. A root outside the group and
/// tensors of different dtypes are refused, and so is a reduction that the dtype does not have.
struct reduce_t : op<reduce_t> {
  COMMFOLD_OPERATOR("c10d::reduce_");
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, int root_rank, int root_tensor, bool async_op=True, "
      "int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::reduce;
  static constexpr call_rules rules = in_place(arg(0), arg(1), arg(3));
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, commfold::reduce_op how,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member<reduce_t>("root_rank", root_rank, ranks);
    detail::expect_reduction(verb, how, detail::expect_one_dtype<reduce_t>(tensors));
    return tensors;
  }
};

inline constexpr reduce_t reduce_{};

}  // namespace commfold::c10d
