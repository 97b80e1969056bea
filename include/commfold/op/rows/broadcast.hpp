// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/broadcast.hpp
/// broadcast: every rank gets the tensors of the root. The message is those tensors.

#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/size/size_constant.hpp>

#include <string_view>

namespace commfold::c10d {

/// broadcast_(tensors, process_group, root_rank, root_tensor): `dist.broadcast`. In place. A root outside the group and tensors of
/// different dtypes are refused.
struct broadcast_t : op<broadcast_t> {
  COMMFOLD_OPERATOR("c10d::broadcast_");
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, int root_rank, int root_tensor, bool async_op=True, int timeout=-1) -> "
      "(Tensor[], Work)"sv;
  static constexpr auto kind = collective_kind::broadcast;
  static constexpr call_rules rules = in_place(arg(0), arg(1), arg(2));
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& root_rank,
                              auto const&...) {
    detail::expect_member<broadcast_t>("root_rank", root_rank, ranks);
    detail::expect_one_dtype<broadcast_t>(tensors);
    return tensors;
  }
};

inline constexpr broadcast_t broadcast_{};

}  // namespace commfold::c10d

namespace commfold::c10d_functional {

/// broadcast(input, src, group): a fresh tensor of the shape of the input. A src outside the group is refused.
struct broadcast_t : op<broadcast_t> {
  COMMFOLD_OPERATOR("_c10d_functional::broadcast");
  static constexpr std::string_view schema = "(Tensor input, int src, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::broadcast;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(0), .input = arg(0), .output = result, .message = arg(0), .root = arg(1)};
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& src, any_group auto const& ranks) {
    detail::expect_member<broadcast_t>("src", src, ranks);
    return detail::same_shape::of(input);
  }
};

/// broadcast_(input, src, group): `broadcast` into its input.
struct broadcast_in_place_t : op<broadcast_in_place_t> {
  COMMFOLD_OPERATOR("_c10d_functional::broadcast_");
  static constexpr std::string_view schema = "(Tensor(a!) input, int src, Any group_name) -> Tensor(a!)"sv;
  static constexpr auto kind = collective_kind::broadcast;
  static constexpr call_rules rules{
      .group = arg(2), .counts = arg(0), .input = arg(0), .output = result, .message = arg(0), .aliases = arg(0), .root = arg(1)};
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& src, any_group auto const& ranks) {
    detail::expect_member<broadcast_in_place_t>("src", src, ranks);
    return input;
  }
};

inline constexpr broadcast_t broadcast{};
inline constexpr broadcast_in_place_t broadcast_{};

}  // namespace commfold::c10d_functional
