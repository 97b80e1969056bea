// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/table.hpp
/// The operator table: every row, in one list. Whatever goes over all operators goes over this.

#include <commfold/op/rows/all_gather.hpp>
#include <commfold/op/rows/all_reduce.hpp>
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/op/rows/barrier.hpp>
#include <commfold/op/rows/broadcast.hpp>
#include <commfold/op/rows/gather.hpp>
#include <commfold/op/rows/p2p.hpp>
#include <commfold/op/rows/reduce.hpp>
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/op/rows/scatter.hpp>
#include <commfold/op/rows/shard_dim_alltoall.hpp>
#include <commfold/op/rows/wait.hpp>

#include <boost/mp11/list.hpp>

namespace commfold {

/// All operators: the 37 of PyTorch's `collective_ops`, and the five that its public API emits and its table forgot.
using all_operators = boost::mp11::mp_list<
    // torch.ops._c10d_functional
    c10d_functional::all_reduce_t, c10d_functional::all_reduce_in_place_t, c10d_functional::all_reduce_coalesced_t,
    c10d_functional::all_reduce_coalesced_in_place_t, c10d_functional::all_gather_into_tensor_t,
    c10d_functional::all_gather_into_tensor_out_t, c10d_functional::all_gather_into_tensor_coalesced_t,
    c10d_functional::reduce_scatter_tensor_t, c10d_functional::reduce_scatter_tensor_out_t,
    c10d_functional::reduce_scatter_tensor_coalesced_t, c10d_functional::broadcast_t, c10d_functional::broadcast_in_place_t,
    c10d_functional::all_to_all_single_t, c10d_functional::isend_t, c10d_functional::irecv_t, c10d_functional::batch_p2p_ops_t,
    c10d_functional::wait_tensor_t,
    // torch.ops._c10d_functional_autograd
    c10d_functional_autograd::all_gather_into_tensor_t, c10d_functional_autograd::reduce_scatter_tensor_t,
    c10d_functional_autograd::all_to_all_single_t,
    // torch.ops._dtensor
    dtensor::shard_dim_alltoall_t,
    // torch.ops.c10d
    c10d::allreduce_t, c10d::broadcast_t, c10d::reduce_t, c10d::allgather_t, c10d::allgather_base_t, c10d::reduce_scatter_t,
    c10d::reduce_scatter_base_t, c10d::gather_t, c10d::scatter_t, c10d::alltoall_t, c10d::alltoall_base_t, c10d::send_t, c10d::recv_t,
    c10d::recv_any_source_t, c10d::barrier_t, c10d::monitored_barrier_t,
    // torch.ops.c10d, not in PyTorch's own table
    c10d::allreduce_coalesced_t, c10d::allgather_coalesced_t, c10d::allgather_into_tensor_coalesced_t,
    c10d::reduce_scatter_tensor_coalesced_t, c10d::gather_into_tensor_t>;

}  // namespace commfold
