// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective/c10d_functional.hpp
/// The operators of PyTorch's functional collectives (`torch.ops._c10d_functional`): tensors in, fresh tensors out.

#include <commfold/collective/op.hpp>
#include <commfold/collective/reduce_op.hpp>
#include <commfold/collective/shapes.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/predicates.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold {

/// Blocks of one size for every rank.
struct even_split_t {};
inline constexpr even_split_t even_split{};

/// Any range of integers, one a rank.
template <class T>
concept split_sizes = requires(T const& sizes) {
  { *std::begin(sizes) } -> size_like;
  { std::size(sizes) } -> size_like;
};

namespace detail {

template <split_sizes Sizes>
constexpr std::size_t total_of_splits(char const* argument, Sizes const& sizes, std::size_t ranks) {
  if (std::size(sizes) != ranks)
    fail<invalid_argument>("commfold::all_to_all_single: " + std::string(argument) + " has " + std::to_string(std::size(sizes)) +
                           " sizes for a group of " + std::to_string(ranks));
  std::size_t total = 0;
  for (auto const& size : sizes) total = checked_add(total, to_size(size, "commfold::all_to_all_single"));
  return total;
}

}  // namespace detail
}  // namespace commfold

namespace commfold::c10d_functional {

/// all_reduce(input, reduce_op, group): every rank gets the reduction of all inputs. N = the input.
struct all_reduce_t : op<all_reduce_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce";
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, Any group_name) -> Tensor";
  using group = arg<2>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op, any_group auto const&) {
    return detail::same_shape::of(input);
  }
};

/// all_gather_into_tensor(input, group_size, group): the inputs of all ranks, concatenated along dimension 0.
struct all_gather_into_tensor_t : op<all_gather_into_tensor_t> {
  static constexpr std::string_view name = "_c10d_functional::all_gather_into_tensor";
  static constexpr std::string_view schema = "(Tensor input, int group_size, Any group_name) -> Tensor";
  using group = arg<2>;
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
  static constexpr std::string_view name = "_c10d_functional::reduce_scatter_tensor";
  static constexpr std::string_view schema = "(Tensor input, str reduce_op, int group_size, Any group_name) -> Tensor";
  using group = arg<3>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  template <tensor_like T, size_like Ranks>
  static constexpr auto infer(T const& input, commfold::reduce_op, Ranks const& group_size, any_group auto const&) {
    static_assert(!detail::known_scalar<T>(), "commfold::reduce_scatter_tensor: a tensor without dimensions has no dimension 0 to divide");
    static_assert(!detail::known_uneven<T, Ranks>(),
                  "commfold::reduce_scatter_tensor: the group's size does not divide dimension 0 of the input; pad it");
    if constexpr (!detail::known_scalar<T>() && !detail::known_uneven<T, Ranks>())
      return detail::scattered("reduce_scatter_tensor", input, group_size);
    else
      return detail::same_shape::of(input);
  }
};

/// broadcast(input, src, group): every rank gets the tensor of rank src. A src outside the group is an `invalid_argument`.
struct broadcast_t : op<broadcast_t> {
  static constexpr std::string_view name = "_c10d_functional::broadcast";
  static constexpr std::string_view schema = "(Tensor input, int src, Any group_name) -> Tensor";
  using group = arg<2>;
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
/// not divide, as many sizes as the group has not ranks, input sizes that do not add up to dimension 0.
struct all_to_all_single_t : op<all_to_all_single_t> {
  static constexpr std::string_view name = "_c10d_functional::all_to_all_single";
  static constexpr std::string_view schema =
      "(Tensor input, SymInt[] output_split_sizes, SymInt[] input_split_sizes, Any group_name) -> Tensor";
  using group = arg<3>;
  using input = arg<0>;
  using output = result;
  using message = larger<arg<0>, result>;

  template <tensor_like T, any_group Group>
  static constexpr auto infer(T const& input, even_split_t, even_split_t, Group const& ranks) {
    using size = std::remove_cvref_t<decltype(ranks.size)>;
    static_assert(!detail::known_scalar<T>(), "commfold::all_to_all_single: a tensor without dimensions has no dimension 0 to divide");
    static_assert(!detail::known_uneven<T, size>(),
                  "commfold::all_to_all_single: the group's size does not divide dimension 0 of the input; pad it or give split sizes");
    if constexpr (!detail::known_scalar<T>() && !detail::known_uneven<T, size>())
      detail::expect_even("all_to_all_single", input, ranks.size);
    return detail::same_shape::of(input);
  }

  template <tensor_like T, split_sizes Out, split_sizes In, any_group Group>
  static constexpr auto infer(T const& input, Out const& output_split_sizes, In const& input_split_sizes, Group const& ranks) {
    static_assert(!detail::known_scalar<T>(), "commfold::all_to_all_single: a tensor without dimensions has no dimension 0 to divide");
    if constexpr (detail::known_scalar<T>()) {
      return detail::same_shape::of(input);
    } else {
      std::size_t const received = detail::total_of_splits("output_split_sizes", output_split_sizes, ranks.size);
      std::size_t const sent = detail::total_of_splits("input_split_sizes", input_split_sizes, ranks.size);
      auto const shape = extents_of(input);
      if (shape.rank() == 0) detail::fail_scalar("all_to_all_single");
      if (shape.extent(0) != sent)
        detail::fail<invalid_argument>("commfold::all_to_all_single: input_split_sizes add up to " + std::to_string(sent) +
                                       ", dimension 0 of the input is " + std::to_string(shape.extent(0)));
      return detail::resized(input, received);
    }
  }
};

/// The coalesced forms take a tree of tensors and are one call for all of them.
struct all_reduce_coalesced_t : op<all_reduce_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce_coalesced";
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, Any group_name) -> Tensor[]";
  using group = arg<2>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(auto const& inputs, commfold::reduce_op how, any_group auto const& ranks) {
    return tree_map_only(
        is_tensor, [&](auto const& t) { return all_reduce_t::infer(t, how, ranks); }, inputs);
  }
};

struct all_gather_into_tensor_coalesced_t : op<all_gather_into_tensor_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::all_gather_into_tensor_coalesced";
  static constexpr std::string_view schema = "(Tensor[] inputs, int group_size, Any group_name) -> Tensor[]";
  using group = arg<2>;
  using input = arg<0>;
  using output = result;
  using message = result;
  static constexpr auto infer(auto const& inputs, size_like auto const& group_size, any_group auto const& ranks) {
    return tree_map_only(
        is_tensor, [&](auto const& t) { return all_gather_into_tensor_t::infer(t, group_size, ranks); }, inputs);
  }
};

struct reduce_scatter_tensor_coalesced_t : op<reduce_scatter_tensor_coalesced_t> {
  static constexpr std::string_view name = "_c10d_functional::reduce_scatter_tensor_coalesced";
  static constexpr std::string_view schema = "(Tensor[] inputs, str reduce_op, int group_size, Any group_name) -> Tensor[]";
  using group = arg<3>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  static constexpr auto infer(auto const& inputs, commfold::reduce_op how, size_like auto const& group_size, any_group auto const& ranks) {
    return tree_map_only(
        is_tensor, [&](auto const& t) { return reduce_scatter_tensor_t::infer(t, how, group_size, ranks); }, inputs);
  }
};

inline constexpr all_reduce_t all_reduce{};
inline constexpr all_gather_into_tensor_t all_gather_into_tensor{};
inline constexpr reduce_scatter_tensor_t reduce_scatter_tensor{};
inline constexpr broadcast_t broadcast{};
inline constexpr all_to_all_single_t all_to_all_single{};
inline constexpr all_reduce_coalesced_t all_reduce_coalesced{};
inline constexpr all_gather_into_tensor_coalesced_t all_gather_into_tensor_coalesced{};
inline constexpr reduce_scatter_tensor_coalesced_t reduce_scatter_tensor_coalesced{};

}  // namespace commfold::c10d_functional
