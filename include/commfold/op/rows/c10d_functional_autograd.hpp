// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional_autograd.hpp
/// The differentiable twins of functional collectives (`torch.ops._c10d_functional_autograd`): the same call under another name. What they
/// do backward is a call of its own.

#include <commfold/op/op.hpp>
#include <commfold/op/rows/c10d_functional_tensors.hpp>

#include <string_view>

namespace commfold::detail {

/// All of a functional operator's row but its name.
template <class Row, class Functional>
struct twin : op<Row> {
  static constexpr std::string_view schema = Functional::schema;
  using group = typename Functional::group;
  using counts = typename Functional::counts;
  using input = typename Functional::input;
  using output = typename Functional::output;
  using message = typename Functional::message;
  using input_by_rank = typename Functional::input_by_rank;
  using output_by_rank = typename Functional::output_by_rank;
  static constexpr auto infer(auto const&... arguments)
    requires requires { Functional::infer(arguments...); }
  {
    return Functional::infer(arguments...);
  }
};

}  // namespace commfold::detail

namespace commfold::c10d_functional_autograd {

/// all_gather_into_tensor(input, group_size, group); backward, a `reduce_scatter_tensor`.
struct all_gather_into_tensor_t : detail::twin<all_gather_into_tensor_t, c10d_functional::all_gather_into_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional_autograd::all_gather_into_tensor"sv;
};

/// reduce_scatter_tensor(input, reduce_op, group_size, group); backward, an `all_gather_into_tensor`.
struct reduce_scatter_tensor_t : detail::twin<reduce_scatter_tensor_t, c10d_functional::reduce_scatter_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional_autograd::reduce_scatter_tensor"sv;
};

/// all_to_all_single(input, output_split_sizes, input_split_sizes, group); backward, the same with the splits exchanged.
struct all_to_all_single_t : detail::twin<all_to_all_single_t, c10d_functional::all_to_all_single_t> {
  static constexpr std::string_view name = "_c10d_functional_autograd::all_to_all_single"sv;
};

inline constexpr all_gather_into_tensor_t all_gather_into_tensor{};
inline constexpr reduce_scatter_tensor_t reduce_scatter_tensor{};
inline constexpr all_to_all_single_t all_to_all_single{};

}  // namespace commfold::c10d_functional_autograd
