// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective/table.hpp
/// The operator table: every row, in one list. Whatever goes over all operators goes over this.

#include <commfold/collective/c10d.hpp>
#include <commfold/collective/c10d_functional.hpp>

#include <boost/mp11/list.hpp>

namespace commfold {

/// All operators, those of `_c10d_functional` before those of `c10d`.
using all_operators =
    boost::mp11::mp_list<c10d_functional::all_reduce_t, c10d_functional::all_gather_into_tensor_t, c10d_functional::reduce_scatter_tensor_t,
                         c10d_functional::broadcast_t, c10d_functional::all_to_all_single_t, c10d_functional::all_reduce_coalesced_t,
                         c10d_functional::all_gather_into_tensor_coalesced_t, c10d_functional::reduce_scatter_tensor_coalesced_t,
                         c10d::allgather_base_t, c10d::reduce_scatter_base_t, c10d::send_t, c10d::recv_t, c10d::barrier_t>;

}  // namespace commfold
