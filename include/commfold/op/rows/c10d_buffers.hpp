// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_buffers.hpp
/// The operators of `torch.ops.c10d` over one flat buffer: the whole on one side, a part for each rank on the other.

#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/bytes.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold {
namespace detail {

[[noreturn]] inline void fail_whole_and_part(char const* verb, std::size_t whole, std::size_t ranks, std::size_t part) {
  fail<invalid_argument>(std::string(verb) + ": " + std::to_string(whole) + " elements are not " + std::to_string(ranks) + " times " +
                         std::to_string(part));
}
constexpr void expect_elements(char const* verb, std::size_t whole, std::size_t ranks, std::size_t part) {
  size_result const all = try_multiply(ranks, part);
  if (!all.fits || whole != all.value) fail_whole_and_part(verb, whole, ranks, part);
}

/// Refuses an operator's pair of buffers where one is not the other times the group's size, or holds another dtype.
template <class Whole, class Part, any_group Group>
constexpr void expect_whole_and_part(char const* verb, Whole const& whole, Part const& part, Group const& group) {
  expect_one_dtype(verb, whole, part);
  using elements = decltype(numel(whole));
  using elements_of_part = decltype(numel(part));
  using ranks = std::remove_cvref_t<decltype(group.size)>;
  if constexpr (static_size<elements> && static_size<elements_of_part> && static_size<ranks>) {
    constexpr size_result all = try_multiply(ranks::value, elements_of_part::value);
    static_assert(all.fits && elements::value == all.value,
                  "commfold::c10d: the whole buffer does not have the group's size times the elements of the part");
  } else {
    expect_elements(verb, numel(whole), group.size, numel(part));
  }
}

/// The same where only the root has the whole: the others hand over a buffer without elements.
template <class Whole, class Part, any_group Group>
constexpr void expect_whole_and_part_on_root(char const* verb, Whole const& whole, Part const& part, Group const& group) {
  using elements = decltype(numel(whole));
  if constexpr (!static_size<elements>) {
    if (numel(whole) != 0) return expect_whole_and_part(verb, whole, part, group);
  } else if constexpr (elements::value != 0) {
    return expect_whole_and_part(verb, whole, part, group);
  }
  expect_one_dtype(verb, whole, part);
}

/// The same of two lists, pair by pair; `argument` names the wholes.
template <tensor_list Wholes, tensor_list Parts, any_group Group>
constexpr void expect_wholes_and_parts(char const* verb, char const* argument, Wholes const& wholes, Parts const& parts,
                                       Group const& group) {
  for_each_expected_pair(verb, argument, wholes, parts,
                         [&](auto const& whole, auto const& part) { expect_whole_and_part(verb, whole, part, group); });
}

}  // namespace detail
}  // namespace commfold

namespace commfold::c10d {

/// _allgather_base_(output_tensor, input_tensor, process_group): `dist.all_gather_into_tensor`. Output and input may have any shapes, the
/// output with the group's size times as many elements; anything else is an `invalid_argument`. Returns the output.
struct allgather_base_t : op<allgather_base_t> {
  static constexpr std::string_view name = "c10d::_allgather_base_"sv;
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor, Work)"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_whole_and_part("commfold::_allgather_base_", output_tensor, input_tensor, ranks);
    return output_tensor;
  }
};

/// _reduce_scatter_base_(output_tensor, input_tensor, process_group, reduce_op): `dist.reduce_scatter_tensor`. The input has the group's
/// size times as many elements as the output; anything else is an `invalid_argument`. Returns the output.
struct reduce_scatter_base_t : op<reduce_scatter_base_t> {
  static constexpr std::string_view name = "c10d::_reduce_scatter_base_"sv;
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> "
      "(Tensor, Work)"sv;
  using group = arg<2>;
  using counts = arg<1>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<1>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks,
                              commfold::reduce_op, auto const&...) {
    detail::expect_whole_and_part("commfold::_reduce_scatter_base_", input_tensor, output_tensor, ranks);
    return output_tensor;
  }
};

/// alltoall_base_(output, input, process_group, output_split_sizes, input_split_sizes): `dist.all_to_all_single`. Block i of dimension 0 of
/// the input to rank i; blocks of one size for empty lists, or for `even_split`. Refused: an even split that does not divide dimension 0,
/// another number of sizes than ranks, sizes that do not add up to dimension 0 of what they cut. Returns the output.
struct alltoall_base_t : op<alltoall_base_t> {
  static constexpr std::string_view name = "c10d::alltoall_base_"sv;
  static constexpr std::string_view schema =
      "(Tensor output, Tensor input, ProcessGroup process_group, int[] output_split_sizes, int[] input_split_sizes, bool async_op=True, "
      "int timeout=-1) -> Work"sv;
  using group = arg<2>;
  using counts = larger<arg<0>, arg<1>>;
  using input = arg<1>;
  using output = arg<0>;
  using message = larger<arg<0>, arg<1>>;
  using input_by_rank = split_or_even<arg<1>, arg<4>>;
  using output_by_rank = split_or_even<arg<0>, arg<3>>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_like auto const& output, tensor_like auto const& input, any_group auto const& ranks,
                              cut_sizes auto const& output_split_sizes, cut_sizes auto const& input_split_sizes, auto const&...) {
    constexpr char const* verb = "commfold::alltoall_base_";
    detail::expect_one_dtype(verb, output, input);
    detail::expect_cut<detail::no_sizes::cut_evenly>(verb, "output_split_sizes", output, output_split_sizes, ranks.size);
    detail::expect_cut<detail::no_sizes::cut_evenly>(verb, "input_split_sizes", input, input_split_sizes, ranks.size);
    return output;
  }
};

/// gather_into_tensor_(input_tensor, output_tensor, process_group, root_rank): `dist.gather_single`. On the root, the output has the
/// group's size times as many elements as the input; elsewhere it may have none. PyTorch's table of collectives does not hold it; the order
/// of the arguments is that of the measured call, the names of the arguments are ours.
struct gather_into_tensor_t : op<gather_into_tensor_t> {
  static constexpr std::string_view name = "c10d::gather_into_tensor_"sv;
  static constexpr std::string_view schema =
      "(Tensor input_tensor, Tensor output_tensor, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) -> Work"sv;
  using group = arg<2>;
  using counts = arg<1>;
  using input = arg<0>;
  using output = arg<1>;
  using message = times_ranks<arg<0>, group>;
  using aliases = arg<1>;
  static constexpr auto infer(tensor_like auto const& input_tensor, tensor_like auto const& output_tensor, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member("commfold::gather_into_tensor_", "root_rank", root_rank, ranks);
    detail::expect_whole_and_part_on_root("commfold::gather_into_tensor_", output_tensor, input_tensor, ranks);
    return output_tensor;
  }
};

inline constexpr allgather_base_t _allgather_base_{};
inline constexpr reduce_scatter_base_t _reduce_scatter_base_{};
inline constexpr alltoall_base_t alltoall_base_{};
inline constexpr gather_into_tensor_t gather_into_tensor_{};

}  // namespace commfold::c10d
