// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional_tensors.hpp
/// The operators of PyTorch's functional collectives (`torch.ops._c10d_functional`) over one tensor: a tensor in, a fresh tensor out.

#include <commfold/group/reduce_op.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold::c10d_functional {

/// all_reduce(input, reduce_op, group): every rank gets the reduction of all inputs. N = the input.
struct all_reduce_t : op<all_reduce_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce"sv;
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, Any group_name) -> Tensor"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op, any_group auto const&) {
    return detail::same_shape::of(input);
  }
};

/// all_gather_into_tensor(input, group_size, group): the inputs of all ranks, concatenated along dimension 0.
struct all_gather_into_tensor_t : op<all_gather_into_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional::all_gather_into_tensor"sv;
  static constexpr std::string_view schema = "(Tensor input, int group_size, Any group_name) -> Tensor"sv;
  using group = arg<2>;
  using counts = result;
  using input = arg<0>;
  using output = result;
  using message = result;
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& group_size, any_group auto const&) {
    return detail::gathered(input, group_size);
  }
};

/// reduce_scatter_tensor(input, reduce_op, group_size, group): this rank's block, along dimension 0, of the reduction of all inputs.
/// A dimension 0 that the group does not divide is refused; PyTorch's fake rounds it down.
struct reduce_scatter_tensor_t : op<reduce_scatter_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional::reduce_scatter_tensor"sv;
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, int group_size, Any group_name) -> Tensor"sv;
  using group = arg<3>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  template <tensor_like T, size_like Ranks>
  static constexpr auto infer(T const& input, commfold::reduce_op, Ranks const& group_size, any_group auto const&) {
    static_assert(!detail::known_scalar<T>(), "commfold::reduce_scatter_tensor: a tensor without dimensions has no dimension 0 to divide");
    static_assert(!detail::known_uneven<T, Ranks>(),
                  "commfold::reduce_scatter_tensor: the group's size does not divide dimension 0 of the input; pad it");
    if constexpr (detail::may_divide<T, Ranks>)
      return detail::scattered("commfold::reduce_scatter_tensor", input, group_size);
    else
      return detail::same_shape::of(input);
  }
};

/// broadcast(input, src, group): every rank gets the tensor of rank src. A src outside the group is an `invalid_argument`.
struct broadcast_t : op<broadcast_t> {
  static constexpr std::string_view name = "_c10d_functional::broadcast"sv;
  static constexpr std::string_view schema = "(Tensor input, int src, Any group_name) -> Tensor"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& src, any_group auto const& ranks) {
    detail::expect_member("commfold::broadcast", "src", src, ranks);
    return detail::same_shape::of(input);
  }
};

/// all_to_all_single(input, output_split_sizes, input_split_sizes, group): block i of dimension 0 to rank i, and from each rank its block
/// for this one. The splits are ranges of integers, or `even_split` for both. Refused: an even split of a dimension 0 that the group does
/// not divide, another number of sizes than ranks (PyTorch's fake makes no rows of no sizes), input sizes that do not add up to
/// dimension 0.
struct all_to_all_single_t : op<all_to_all_single_t> {
  static constexpr std::string_view name = "_c10d_functional::all_to_all_single"sv;
  static constexpr std::string_view schema =
      "(Tensor input, SymInt[] output_split_sizes, SymInt[] input_split_sizes, Any group_name) -> Tensor"sv;
  using group = arg<3>;
  using counts = both<arg<0>, result>;
  using input = arg<0>;
  using output = result;
  using message = larger<arg<0>, result>;
  using input_by_rank = split<arg<0>, arg<2>>;
  using output_by_rank = split<result, arg<1>>;

  static constexpr auto infer(tensor_like auto const& input, even_split_t, even_split_t, any_group auto const& ranks) {
    detail::expect_cut<detail::no_sizes::cut_nothing>("commfold::all_to_all_single", "input_split_sizes", input, even_split, ranks.size);
    return detail::same_shape::of(input);
  }

  static constexpr auto infer(tensor_like auto const& input, split_sizes auto const& output_split_sizes,
                              split_sizes auto const& input_split_sizes, any_group auto const& ranks) {
    constexpr char const* verb = "commfold::all_to_all_single";
    detail::expect_cut<detail::no_sizes::cut_nothing>(verb, "input_split_sizes", input, input_split_sizes, ranks.size);
    std::size_t const received = detail::total_of_splits(verb, "output_split_sizes", output_split_sizes, ranks.size);
    return detail::resized(input, received);
  }
};

/// wait_tensor(tensor): the tensor when the call that makes it is done, which is now. It communicates nothing and has no group, so that
/// asking for its size or group is refused. As under PyTorch's meta kernels, the result is a tensor of its own.
struct wait_tensor_t : op<wait_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional::wait_tensor"sv;
  static constexpr std::string_view schema = "(Tensor tensor) -> Tensor"sv;
  using group = nothing;
  using counts = nothing;
  using input = nothing;
  using output = nothing;
  using message = nothing;
  static constexpr auto infer(tensor_like auto const& tensor) { return detail::same_shape::of(tensor); }
};

inline constexpr all_reduce_t all_reduce{};
inline constexpr all_gather_into_tensor_t all_gather_into_tensor{};
inline constexpr reduce_scatter_tensor_t reduce_scatter_tensor{};
inline constexpr broadcast_t broadcast{};
inline constexpr all_to_all_single_t all_to_all_single{};
inline constexpr wait_tensor_t wait_tensor{};

}  // namespace commfold::c10d_functional
