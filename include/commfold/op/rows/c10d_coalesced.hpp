// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_coalesced.hpp
/// The operators of `torch.ops.c10d` that do many calls in one. PyTorch's public API emits them, and its own table of collectives does not
/// know them; their sizes follow their siblings': outputs of gathers, inputs of reductions. Each of the many calls has a dtype of its own.

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/c10d_buffers.hpp>

#include <string_view>

namespace commfold::c10d {

/// allreduce_coalesced_(tensors, process_group, reduce_op): one call for all tensors. In place.
struct allreduce_coalesced_t : op<allreduce_coalesced_t> {
  static constexpr std::string_view name = "c10d::allreduce_coalesced_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, commfold::reduce_op, auto const&...) {
    return tensors;
  }
};

/// allgather_coalesced_(output_lists, input_list, process_group): one call for all inputs; output_lists[i] holds those of rank i.
struct allgather_coalesced_t : op<allgather_coalesced_t> {
  static constexpr std::string_view name = "c10d::allgather_coalesced_"sv;
  static constexpr std::string_view schema =
      "(Tensor[][] output_lists, Tensor[] input_list, ProcessGroup process_group, bool async_op=True) -> Work"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<0>;
  using output_by_rank = each<arg<0>>;
  using aliases = arg<0>;
  template <list_like Lists>
  static constexpr auto infer(Lists const& output_lists, list_like auto const& input_list, any_group auto const& ranks, auto const&...) {
    constexpr char const* verb = "commfold::allgather_coalesced_";
    auto expect_dtype = [&](auto const& output, auto const& input) { detail::expect_one_dtype(verb, output, input); };
    detail::expect_one_a_rank(verb, "output_lists", output_lists, ranks);
    if constexpr (detail::expect_lists<Lists>())
      detail::for_each_child(
          output_lists, [&](auto const& list) { detail::for_each_expected_pair(verb, "output_lists", list, input_list, expect_dtype); });
    return output_lists;
  }
};

/// allgather_into_tensor_coalesced_(outputs, inputs, process_group): several `_allgather_base_` in one call.
struct allgather_into_tensor_coalesced_t : op<allgather_into_tensor_coalesced_t> {
  static constexpr std::string_view name = "c10d::allgather_into_tensor_coalesced_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, bool async_op=True) -> Work"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_list auto const& outputs, tensor_list auto const& inputs, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_wholes_and_parts("commfold::allgather_into_tensor_coalesced_", "outputs", outputs, inputs, ranks);
    return outputs;
  }
};

/// reduce_scatter_tensor_coalesced_(outputs, inputs, process_group, reduce_op): several `_reduce_scatter_base_` in one call.
struct reduce_scatter_tensor_coalesced_t : op<reduce_scatter_tensor_coalesced_t> {
  static constexpr std::string_view name = "c10d::reduce_scatter_tensor_coalesced_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work"sv;
  using group = arg<2>;
  using counts = arg<1>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<1>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_list auto const& outputs, tensor_list auto const& inputs, any_group auto const& ranks,
                              commfold::reduce_op, auto const&...) {
    detail::expect_wholes_and_parts("commfold::reduce_scatter_tensor_coalesced_", "inputs", inputs, outputs, ranks);
    return outputs;
  }
};

inline constexpr allreduce_coalesced_t allreduce_coalesced_{};
inline constexpr allgather_coalesced_t allgather_coalesced_{};
inline constexpr allgather_into_tensor_coalesced_t allgather_into_tensor_coalesced_{};
inline constexpr reduce_scatter_tensor_coalesced_t reduce_scatter_tensor_coalesced_{};

}  // namespace commfold::c10d
