// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_lists.hpp
/// The operators of `torch.ops.c10d` over lists of tensors. Operators with a root are counted as the root sees them; a list that a rank
/// hands over empty, as ranks that are not the root do, counts nothing. Lists of another length than the group's size and tensors of
/// different dtypes in one call are refused, which PyTorch leaves to the backend.

#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/lists.hpp>
#include <commfold/op/op.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::c10d {

/// allreduce_(tensors, process_group, reduce_op, sparse_indices): `dist.all_reduce`. In place.
struct allreduce_t : op<allreduce_t> {
  static constexpr std::string_view name = "c10d::allreduce_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, Tensor? sparse_indices, bool async_op=True, int timeout=-1) -> "
      "(Tensor[], Work)"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, commfold::reduce_op, auto const&...) {
    detail::expect_one_dtype("commfold::allreduce_", tensors);
    return tensors;
  }
};

/// broadcast_(tensors, process_group, root_rank, root_tensor): `dist.broadcast`. In place.
struct broadcast_t : op<broadcast_t> {
  static constexpr std::string_view name = "c10d::broadcast_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, int root_rank, int root_tensor, bool async_op=True, int timeout=-1) -> "
      "(Tensor[], Work)"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& root_rank,
                              auto const&...) {
    detail::expect_member("commfold::broadcast_", "root_rank", root_rank, ranks);
    detail::expect_one_dtype("commfold::broadcast_", tensors);
    return tensors;
  }
};

/// reduce_(tensors, process_group, reduce_op, root_rank, root_tensor): `dist.reduce`. In place, on the root.
struct reduce_t : op<reduce_t> {
  static constexpr std::string_view name = "c10d::reduce_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, int root_rank, int root_tensor, bool async_op=True, "
      "int timeout=-1) -> Work"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, commfold::reduce_op,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member("commfold::reduce_", "root_rank", root_rank, ranks);
    detail::expect_one_dtype("commfold::reduce_", tensors);
    return tensors;
  }
};

/// allgather_(output_tensors, input_tensors, process_group): `dist.all_gather`: a list of one tensor a rank for each input.
struct allgather_t : op<allgather_t> {
  static constexpr std::string_view name = "c10d::allgather_"sv;
  static constexpr std::string_view schema =
      "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> "
      "(Tensor[][], Work)"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<0>;
  using output_by_rank = each_of_each<arg<0>>;
  using aliases = arg<0>;
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_lists_of_ranks("commfold::allgather_", "output_tensors", output_tensors, input_tensors, ranks);
    detail::expect_one_dtype("commfold::allgather_", output_tensors, input_tensors);
    return output_tensors;
  }
};

/// reduce_scatter_(output_tensors, input_tensors, process_group, reduce_op): `dist.reduce_scatter`: a list of one tensor a rank for each
/// output.
struct reduce_scatter_t : op<reduce_scatter_t> {
  static constexpr std::string_view name = "c10d::reduce_scatter_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, "
      "int timeout=-1) -> (Tensor[], Work)"sv;
  using group = arg<2>;
  using counts = arg<1>;
  using input = arg<1>;
  using output = arg<0>;
  using message = arg<1>;
  using input_by_rank = each_of_each<arg<1>>;
  using aliases = arg<0>;
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              commfold::reduce_op, auto const&...) {
    detail::expect_lists_of_ranks("commfold::reduce_scatter_", "input_tensors", input_tensors, output_tensors, ranks);
    detail::expect_one_dtype("commfold::reduce_scatter_", output_tensors, input_tensors);
    return output_tensors;
  }
};

/// gather_(output_tensors, input_tensors, process_group, root_rank): `dist.gather`: on the root a list of one tensor a rank, elsewhere
/// none. The message is that list; where there is none, as many inputs as there are ranks.
struct gather_t : op<gather_t> {
  static constexpr std::string_view name = "c10d::gather_"sv;
  static constexpr std::string_view schema =
      "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
      "-> Work"sv;
  using group = arg<2>;
  using counts = arg<0>;
  using input = arg<1>;
  using output = arg<0>;
  using message = on_root<arg<0>, times_ranks<arg<1>, group>>;
  using output_by_rank = each_of_each<arg<0>>;
  using aliases = arg<0>;
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member("commfold::gather_", "root_rank", root_rank, ranks);
    detail::expect_lists_of_ranks_on_root("commfold::gather_", "output_tensors", output_tensors, input_tensors, ranks);
    detail::expect_one_dtype("commfold::gather_", output_tensors, input_tensors);
    return output_tensors;
  }
};

/// scatter_(output_tensors, input_tensors, process_group, root_rank): `dist.scatter`: on the root a list of one tensor a rank, elsewhere
/// none. The message is that list; where there is none, as many outputs as there are ranks.
struct scatter_t : op<scatter_t> {
  static constexpr std::string_view name = "c10d::scatter_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
      "-> (Tensor[], Work)"sv;
  using group = arg<2>;
  using counts = arg<1>;
  using input = arg<1>;
  using output = arg<0>;
  using message = on_root<arg<1>, times_ranks<arg<0>, group>>;
  using input_by_rank = each_of_each<arg<1>>;
  using aliases = arg<0>;
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              size_like auto const& root_rank, auto const&...) {
    detail::expect_member("commfold::scatter_", "root_rank", root_rank, ranks);
    detail::expect_lists_of_ranks_on_root("commfold::scatter_", "input_tensors", input_tensors, output_tensors, ranks);
    detail::expect_one_dtype("commfold::scatter_", output_tensors, input_tensors);
    return output_tensors;
  }
};

/// alltoall_(output_tensors, input_tensors, process_group): `dist.all_to_all`: tensor i of the inputs to rank i, of the outputs from it.
struct alltoall_t : op<alltoall_t> {
  static constexpr std::string_view name = "c10d::alltoall_"sv;
  static constexpr std::string_view schema =
      "(Tensor[] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor[], "
      "Work)"sv;
  using group = arg<2>;
  using counts = larger<arg<0>, arg<1>>;
  using input = arg<1>;
  using output = arg<0>;
  using message = larger<arg<0>, arg<1>>;
  using input_by_rank = each<arg<1>>;
  using output_by_rank = each<arg<0>>;
  using aliases = arg<0>;
  static constexpr auto infer(list_like auto const& output_tensors, list_like auto const& input_tensors, any_group auto const& ranks,
                              auto const&...) {
    detail::expect_one_a_rank("commfold::alltoall_", "output_tensors", output_tensors, ranks);
    detail::expect_one_a_rank("commfold::alltoall_", "input_tensors", input_tensors, ranks);
    detail::expect_one_dtype("commfold::alltoall_", output_tensors, input_tensors);
    return output_tensors;
  }
};

inline constexpr allreduce_t allreduce_{};
inline constexpr broadcast_t broadcast_{};
inline constexpr reduce_t reduce_{};
inline constexpr allgather_t allgather_{};
inline constexpr reduce_scatter_t reduce_scatter_{};
inline constexpr gather_t gather_{};
inline constexpr scatter_t scatter_{};
inline constexpr alltoall_t alltoall_{};

}  // namespace commfold::c10d
