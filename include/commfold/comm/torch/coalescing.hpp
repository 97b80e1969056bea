// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/coalescing.hpp
/// Calls of `torch.distributed` that are collected and made as one: its coalescing manager.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/torch/as_real.hpp>
#include <commfold/error.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/op/reductions.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace commfold {

/// What the body of `dist().coalescing` is given: the calls that can be made as one, without their group. All calls of one body are of one
/// operation, one reduction and one dtype; others are an `invalid_argument` (PyTorch's manager makes them all the first one's, and takes
/// any dtypes). Users write `coalesced_calls`. A template: see CONTRIBUTING, What it costs.
template <class Tensor>
class basic_coalesced_calls {
 public:
  /// In place.
  template <tensor_like T>
  constexpr void all_reduce(T const& tensor, reduce_op op) {
    expect(operation::all_reduce, op, dtype_of_tensor(tensor));
    detail::expect_reduction("commfold::coalescing", op, dtype_);
    inputs_.emplace_back(detail::as_real(tensor));
  }
  template <tensor_like Out, tensor_like In>
  constexpr void all_gather_into_tensor(Out const& output, In const& input) {
    expect(operation::all_gather_into_tensor, sum, dtype_of_tensor(input));
    outputs_.emplace_back(detail::as_real(output));
    inputs_.emplace_back(detail::as_real(input));
  }
  template <tensor_like Out, tensor_like In>
  constexpr void reduce_scatter_tensor(Out const& output, In const& input, reduce_op op) {
    expect(operation::reduce_scatter_tensor, op, dtype_of_tensor(input));
    outputs_.emplace_back(output);
    inputs_.emplace_back(input);
  }

  /// Makes the one call of all, and returns its work; nothing where there was no call. For the library's own use.
  template <communicator Comm, any_group Group>
  constexpr auto make(Comm& comm, Group const& group) const {
    std::optional<decltype(comm.call(c10d::allreduce_coalesced_, inputs_, group, op_))> work;  // of one type for the three operators
    switch (what_) {
      case operation::none:
        break;
      case operation::all_reduce:
        work.emplace(comm.call(c10d::allreduce_coalesced_, inputs_, group, op_));
        break;
      case operation::all_gather_into_tensor:
        work.emplace(comm.call(c10d::allgather_into_tensor_coalesced_, outputs_, inputs_, group));
        break;
      case operation::reduce_scatter_tensor:
        work.emplace(comm.call(c10d::reduce_scatter_tensor_coalesced_, outputs_, inputs_, group, op_));
        break;
    }
    return work;
  }

 private:
  enum class operation : unsigned char { none, all_reduce, all_gather_into_tensor, reduce_scatter_tensor };

  static constexpr char const* name_of(operation what) {
    constexpr char const* names[] = {"none", "all_reduce", "all_gather_into_tensor", "reduce_scatter_tensor"};
    return names[static_cast<unsigned char>(what)];
  }
  [[noreturn]] static constexpr void fail_mixed(operation first, reduce_op first_op, operation then, reduce_op then_op) {
    constexpr char const* verb = "commfold::coalescing";
    using detail::fail;
    if (first == operation::all_gather_into_tensor)
      fail<invalid_argument>(verb, "calls of one operation are made as one, not {} and {} ({})", name_of(first), name_of(then),
                             name(then_op));
    if (then == operation::all_gather_into_tensor)
      fail<invalid_argument>(verb, "calls of one operation are made as one, not {} ({}) and {}", name_of(first), name(first_op),
                             name_of(then));
    fail<invalid_argument>(verb, "calls of one operation are made as one, not {} ({}) and {} ({})", name_of(first), name(first_op),
                           name_of(then), name(then_op));
  }
  [[noreturn]] static void fail_mixed_dtypes(dtype first, dtype then) {
    detail::fail<invalid_argument>("commfold::coalescing: the tensors of one call have different dtypes, " + std::string(name(first)) +
                                   " and " + std::string(name(then)));
  }
  constexpr void expect(operation what, reduce_op op, dtype of) {
    if (what_ != operation::none && (what_ != what || op_ != op)) fail_mixed(what_, op_, what, op);
    if (what_ != operation::none && dtype_ != of) fail_mixed_dtypes(dtype_, of);
    what_ = what;
    op_ = op;
    dtype_ = of;
  }

  operation what_ = operation::none;
  reduce_op op_ = sum;
  dtype dtype_ = f32;  ///< as it is given: complex numbers, not the pairs that they go as
  std::vector<Tensor> outputs_;
  std::vector<Tensor> inputs_;
};

using coalesced_calls = basic_coalesced_calls<dynamic_tensor>;

}  // namespace commfold
