// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective/c10d.hpp
/// The operators behind `torch.distributed` (`torch.ops.c10d`): they write into the tensors that they are given.

#include <commfold/collective/op.hpp>
#include <commfold/collective/reduce_op.hpp>
#include <commfold/collective/shapes.hpp>
#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/bytes.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold {
namespace detail {

[[noreturn]] inline void fail_dtypes_differ(char const* verb) {
  fail<invalid_argument>(std::string(verb) + ": the output and the input have different dtypes");
}
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
  if constexpr (static_dtype_tensor<Whole> && static_dtype_tensor<Part>)
    static_assert(traits_of<Whole>::dtype == traits_of<Part>::dtype, "commfold::c10d: the output and the input have different dtypes");
  else if (dtype_of_tensor(whole) != dtype_of_tensor(part))
    fail_dtypes_differ(verb);
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

}  // namespace detail
}  // namespace commfold

namespace commfold::c10d {

/// _allgather_base_(output_tensor, input_tensor, process_group): `dist.all_gather_into_tensor`. Output and input may have any shapes, the
/// output with the group's size times as many elements; anything else is an `invalid_argument`. Returns the output.
struct allgather_base_t : op<allgather_base_t> {
  static constexpr std::string_view name = "c10d::_allgather_base_";
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor, Work)";
  using group = arg<2>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<0>;
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks) {
    detail::expect_whole_and_part("commfold::_allgather_base_", output_tensor, input_tensor, ranks);
    return output_tensor;
  }
};

/// _reduce_scatter_base_(output_tensor, input_tensor, process_group, reduce_op): `dist.reduce_scatter_tensor`. The input has the group's
/// size times as many elements as the output; anything else is an `invalid_argument`. Returns the output.
struct reduce_scatter_base_t : op<reduce_scatter_base_t> {
  static constexpr std::string_view name = "c10d::_reduce_scatter_base_";
  static constexpr std::string_view schema =
      "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> "
      "(Tensor, Work)";
  using group = arg<2>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<1>;
  static constexpr auto infer(tensor_like auto const& output_tensor, tensor_like auto const& input_tensor, any_group auto const& ranks,
                              commfold::reduce_op) {
    detail::expect_whole_and_part("commfold::_reduce_scatter_base_", input_tensor, output_tensor, ranks);
    return output_tensor;
  }
};

/// send(tensors, process_group, dst): this rank's tensors to rank dst of the group. A dst outside the group is an `invalid_argument`.
struct send_t : op<send_t> {
  static constexpr std::string_view name = "c10d::send";
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int dst, int tag) -> Work";
  using group = arg<1>;
  using input = arg<0>;
  using output = nothing;
  using message = arg<0>;
  static constexpr auto infer(auto const& tensors, any_group auto const& ranks, size_like auto const& dst) {
    detail::expect_member("commfold::send", "dst", dst, ranks);
    return tensors;
  }
};

/// recv_(tensors, process_group, src): into these tensors from rank src of the group. A src outside the group is an `invalid_argument`.
struct recv_t : op<recv_t> {
  static constexpr std::string_view name = "c10d::recv_";
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int src, int tag) -> Work";
  using group = arg<1>;
  using input = nothing;
  using output = arg<0>;
  using message = arg<0>;
  static constexpr auto infer(auto const& tensors, any_group auto const& ranks, size_like auto const& src) {
    detail::expect_member("commfold::recv_", "src", src, ranks);
    return tensors;
  }
};

/// barrier(tensor, process_group): waits for all ranks. It carries no payload; the tensor is PyTorch's way to name a device.
struct barrier_t : op<barrier_t> {
  static constexpr std::string_view name = "c10d::barrier";
  static constexpr std::string_view schema =
      "(Tensor tensor, ProcessGroup process_group, int[] device_ids, bool async_op=True, int timeout=-1) -> Work";
  using group = arg<1>;
  using input = nothing;
  using output = nothing;
  using message = nothing;
  static constexpr auto infer(auto const& tensor, any_group auto const&) { return tensor; }
};

inline constexpr allgather_base_t _allgather_base_{};
inline constexpr reduce_scatter_base_t _reduce_scatter_base_{};
inline constexpr send_t send{};
inline constexpr recv_t recv_{};
inline constexpr barrier_t barrier{};

}  // namespace commfold::c10d
