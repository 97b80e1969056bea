// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional_in_place.hpp
/// The operators of `torch.ops._c10d_functional` that write where they are told to: into their input, or into `out`. `out` is
/// keyword-only in the schema, and follows the other arguments here. As under PyTorch's meta kernels, what an `_out` operator returns is a
/// fresh tensor of the right shape, not `out`.

#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/c10d_functional_tensors.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/bytes.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold {
namespace detail {

[[noreturn]] inline void fail_no_room(char const* verb, std::size_t out, std::size_t result) {
  fail<invalid_argument>(std::string(verb) + ": out has " + std::to_string(out) + " elements, the result " + std::to_string(result));
}

constexpr void expect_elements_of_out(char const* verb, std::size_t out, std::size_t result) {
  if (out != result) fail_no_room(verb, out, result);
}

/// Refuses an `out` of another dtype than what is to be written there, or with another number of elements.
template <class Result, class Out>
constexpr void expect_room(char const* verb, Result const& result, Out const& out) {
  expect_one_dtype(verb, result, out);
  constexpr bool may_fit = known_to_pair<decltype(numel(out)), decltype(numel(result))>;
  static_assert(may_fit, "commfold::c10d_functional: out does not have as many elements as the result");
  if constexpr (may_fit) expect_elements_of_out(verb, numel(out), numel(result));
}

}  // namespace detail
}  // namespace commfold

namespace commfold::c10d_functional {

/// all_reduce_(input, reduce_op, group): `all_reduce` into its input.
struct all_reduce_in_place_t : op<all_reduce_in_place_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce_"sv;
  static constexpr std::string_view schema = "(Tensor(a!) input, str reduce_op, Any group_name) -> Tensor(a!)"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_like auto const& input, commfold::reduce_op, any_group auto const&) { return input; }
};

/// broadcast_(input, src, group): `broadcast` into its input.
struct broadcast_in_place_t : op<broadcast_in_place_t> {
  static constexpr std::string_view name = "_c10d_functional::broadcast_"sv;
  static constexpr std::string_view schema = "(Tensor(a!) input, int src, Any group_name) -> Tensor(a!)"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& src, any_group auto const& ranks) {
    detail::expect_member("commfold::broadcast_", "src", src, ranks);
    return input;
  }
};

/// all_reduce_coalesced_(inputs, reduce_op, group): `all_reduce_coalesced` into its inputs.
struct all_reduce_coalesced_in_place_t : op<all_reduce_coalesced_in_place_t> {
  static constexpr std::string_view name = "_c10d_functional::all_reduce_coalesced_"sv;
  static constexpr std::string_view schema = "(Tensor[](a!) inputs, str reduce_op, Any group_name) -> Tensor[](a!)"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& inputs, commfold::reduce_op, any_group auto const&) { return inputs; }
};

/// all_gather_into_tensor_out(input, group_size, group, out): `all_gather_into_tensor` into `out`, which must have the result's dtype and
/// number of elements.
/// PyTorch's table sizes it by its last argument, which is never `out`; here it is `out`, as PyTorch's function answers when called by
/// hand.
struct all_gather_into_tensor_out_t : op<all_gather_into_tensor_out_t> {
  static constexpr std::string_view name = "_c10d_functional::all_gather_into_tensor_out"sv;
  static constexpr std::string_view schema = "(Tensor input, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)"sv;
  using group = arg<2>;
  using counts = arg<3>;
  using input = arg<0>;
  using output = result;
  using message = result;
  static constexpr auto infer(tensor_like auto const& input, size_like auto const& group_size, any_group auto const& ranks,
                              tensor_like auto const& out) {
    auto const whole = all_gather_into_tensor_t::infer(input, group_size, ranks);
    detail::expect_room("commfold::all_gather_into_tensor_out", whole, out);
    return whole;
  }
};

/// reduce_scatter_tensor_out(input, reduce_op, group_size, group, out): `reduce_scatter_tensor` into `out`, which must have the result's
/// dtype and number of elements. PyTorch's table holds it in no set of sizes or groups; here it is sized as `reduce_scatter_tensor` is.
struct reduce_scatter_tensor_out_t : op<reduce_scatter_tensor_out_t> {
  static constexpr std::string_view name = "_c10d_functional::reduce_scatter_tensor_out"sv;
  static constexpr std::string_view schema =
      "(Tensor input, str reduce_op, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)"sv;
  using group = arg<3>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = result;
  using message = arg<0>;
  template <tensor_like T, size_like Ranks>
  static constexpr auto infer(T const& input, commfold::reduce_op how, Ranks const& group_size, any_group auto const& ranks,
                              tensor_like auto const& out) {
    auto const shard = reduce_scatter_tensor_t::infer(input, how, group_size, ranks);
    if constexpr (detail::may_divide<T, Ranks>) detail::expect_room("commfold::reduce_scatter_tensor_out", shard, out);
    return shard;
  }
};

inline constexpr all_reduce_in_place_t all_reduce_{};
inline constexpr broadcast_in_place_t broadcast_{};
inline constexpr all_reduce_coalesced_in_place_t all_reduce_coalesced_{};
inline constexpr all_gather_into_tensor_out_t all_gather_into_tensor_out{};
inline constexpr reduce_scatter_tensor_out_t reduce_scatter_tensor_out{};

}  // namespace commfold::c10d_functional
