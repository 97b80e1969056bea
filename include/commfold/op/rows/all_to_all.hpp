// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/all_to_all.hpp
/// all_to_all: every rank gets its part of each rank's tensors. The message is what is handed in or what comes out, whichever is larger.

#include <commfold/group/process_group.hpp>
#include <commfold/op/expectations.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/twin.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::c10d {

/// alltoall_(output_tensors, input_tensors, process_group): `dist.all_to_all`: tensor i of the inputs to rank i, of the outputs from it.
/// Lists without one tensor a rank and tensors of different dtypes are refused.
struct alltoall_t : op<alltoall_t> {
  COMMFOLD_OPERATOR("c10d::alltoall_");
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor[], "
      "Work)"sv;
  static constexpr auto kind = collective_kind::all_to_all;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = larger(arg(0), arg(1)),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = larger(arg(0), arg(1)),
                                    .input_by_rank = each(arg(1)),
                                    .output_by_rank = each(arg(0)),
                                    .aliases = arg(0)};
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_one_a_rank<alltoall_t>("output_tensors", output_tensors, ranks);
    detail::expect_one_a_rank<alltoall_t>("input_tensors", input_tensors, ranks);
    detail::expect_one_dtype<alltoall_t>(output_tensors, input_tensors);
    return output_tensors;
  }
};

/// alltoall_base_(output, input, process_group, output_split_sizes, input_split_sizes): `dist.all_to_all_single`. Block i of dimension 0 of
/// the input to rank i; blocks of one size for empty lists, or for `even_split`. Refused: an even split that does not divide dimension 0,
/// another number of sizes than ranks, sizes that do not add up to dimension 0 of what they cut. Returns the output.
struct alltoall_base_t : op<alltoall_base_t> {
  COMMFOLD_OPERATOR("c10d::alltoall_base_");
  static constexpr std::string_view schema =
      "(Tensor output, Tensor input, ProcessGroup process_group, int[] output_split_sizes, int[] input_split_sizes, bool async_op=True, "
      "int timeout=-1) -> Work"sv;
  static constexpr auto kind = collective_kind::all_to_all;
  static constexpr call_rules rules{.group = arg(2),
                                    .counts = larger(arg(0), arg(1)),
                                    .input = arg(1),
                                    .output = arg(0),
                                    .message = larger(arg(0), arg(1)),
                                    .input_by_rank = split_or_even(arg(1), arg(4)),
                                    .output_by_rank = split_or_even(arg(0), arg(3)),
                                    .aliases = arg(0)};
  static constexpr auto infer(tensor_like auto const& output, tensor_like auto const& input, any_group auto const& ranks,
                              cut_sizes auto const& output_split_sizes, cut_sizes auto const& input_split_sizes, auto const&...) {
    constexpr auto none = detail::no_sizes::cut_evenly;
    detail::expect_one_dtype<alltoall_base_t>(output, input);
    detail::expect_cut<alltoall_base_t, none>("output_split_sizes", output, output_split_sizes, ranks.size);
    detail::expect_cut<alltoall_base_t, none>("input_split_sizes", input, input_split_sizes, ranks.size);
    return output;
  }
};

inline constexpr alltoall_t alltoall_{};
inline constexpr alltoall_base_t alltoall_base_{};

}  // namespace commfold::c10d

namespace commfold::c10d_functional {

/// all_to_all_single(input, output_split_sizes, input_split_sizes, group): block i of dimension 0 to rank i, and from each rank its block
/// for this one. The splits are ranges of integers, or `even_split` for both. `comm_tensor_size` is PyTorch's, input and result.
/// Refused: an even split of a dimension 0 that the group does not divide, another number of sizes than ranks (PyTorch's fake makes no rows
/// of no sizes), input sizes that do not add up to dimension 0.
struct all_to_all_single_t : op<all_to_all_single_t> {
  COMMFOLD_OPERATOR("_c10d_functional::all_to_all_single");
  static constexpr std::string_view schema =
      "(Tensor input, SymInt[] output_split_sizes, SymInt[] input_split_sizes, Any group_name) -> Tensor"sv;
  static constexpr auto kind = collective_kind::all_to_all;
  static constexpr call_rules rules{.group = arg(3),
                                    .counts = both(arg(0), result),
                                    .input = arg(0),
                                    .output = result,
                                    .message = larger(arg(0), result),
                                    .input_by_rank = split(arg(0), arg(2)),
                                    .output_by_rank = split(result, arg(1))};

  template <class Row = all_to_all_single_t>
  static constexpr auto infer(tensor_like auto const& input, even_split_t, even_split_t, any_group auto const& ranks) {
    detail::expect_cut<Row, detail::no_sizes::cut_nothing>("input_split_sizes", input, even_split, ranks.size);
    return detail::same_shape::of(input);
  }

  template <class Row = all_to_all_single_t>
  static constexpr auto infer(tensor_like auto const& input, split_sizes auto const& output_split_sizes,
                              split_sizes auto const& input_split_sizes, any_group auto const& ranks) {
    detail::expect_cut<Row, detail::no_sizes::cut_nothing>("input_split_sizes", input, input_split_sizes, ranks.size);
    std::size_t const received = detail::total_of_splits<Row>("output_split_sizes", output_split_sizes, ranks.size);
    detail::expect_whole_bytes_of_each<Row>(input, output_split_sizes);
    return detail::resized(input, received);
  }
};

inline constexpr all_to_all_single_t all_to_all_single{};

}  // namespace commfold::c10d_functional

namespace commfold::c10d_functional_autograd {

/// all_to_all_single(input, output_split_sizes, input_split_sizes, group); backward, the same with the splits exchanged.
struct all_to_all_single_t : detail::twin<all_to_all_single_t, c10d_functional::all_to_all_single_t> {
  COMMFOLD_OPERATOR("_c10d_functional_autograd::all_to_all_single");
};

inline constexpr all_to_all_single_t all_to_all_single{};

}  // namespace commfold::c10d_functional_autograd
