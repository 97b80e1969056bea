// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/pytorch_sets.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/mp11/set.hpp>

#include <type_traits>

namespace {
namespace sets = commfold::sets;
namespace c10d = commfold::c10d;
namespace functional = commfold::c10d_functional;
namespace autograd = commfold::c10d_functional_autograd;
using boost::mp11::mp_append;
using boost::mp11::mp_contains;
using boost::mp11::mp_is_set;
using boost::mp11::mp_list;
using boost::mp11::mp_size;
using commfold::dtensor::shard_dim_alltoall_t;

/// No operator twice, and all of the other list.
template <class All, class... Parts>
constexpr bool is_divided_into = mp_is_set<mp_append<Parts...>>::value && mp_size<mp_append<Parts...>>::value == mp_size<All>::value;
template <class... Sets>
constexpr bool are_disjoint = mp_is_set<mp_append<Sets...>>::value;

static_assert(std::is_same_v<sets::collective_ops, commfold::all_operators>);
static_assert(is_divided_into<sets::collective_ops, sets::functional_collectives, sets::non_functional_collectives>);
static_assert(mp_size<sets::functional_collectives>::value == 21);
static_assert(mp_contains<sets::functional_collectives, shard_dim_alltoall_t>::value);
static_assert(mp_contains<sets::functional_collectives, autograd::all_to_all_single_t>::value);
static_assert(std::is_same_v<sets::sync_ops, mp_list<functional::wait_tensor_t, c10d::barrier_t, c10d::monitored_barrier_t>>);

// Each operator but one has a group, in one place.
static_assert(is_divided_into<boost::mp11::mp_remove<sets::collective_ops, functional::wait_tensor_t>, sets::pg_arg_1, sets::pg_arg_2,
                              sets::pg_arg_3, sets::pg_arg_4, sets::pg_arg_5>);
static_assert(std::is_same_v<sets::pg_arg_1,
                             mp_list<c10d::allreduce_t, c10d::broadcast_t, c10d::reduce_t, c10d::send_t, c10d::recv_t,
                                     c10d::recv_any_source_t, c10d::barrier_t, c10d::monitored_barrier_t, c10d::allreduce_coalesced_t>>);
static_assert(is_divided_into<sets::non_functional_collectives, sets::pg_arg_1, sets::pg_arg_2>);
static_assert(
    std::is_same_v<sets::pg_arg_3, mp_list<functional::all_reduce_t, functional::all_reduce_in_place_t, functional::all_reduce_coalesced_t,
                                           functional::all_reduce_coalesced_in_place_t, functional::all_gather_into_tensor_t,
                                           functional::all_gather_into_tensor_out_t, functional::all_gather_into_tensor_coalesced_t,
                                           functional::broadcast_t, functional::broadcast_in_place_t, autograd::all_gather_into_tensor_t>>);
static_assert(mp_size<sets::pg_arg_4>::value == 9);
static_assert(std::is_same_v<sets::pg_arg_5, mp_list<functional::batch_p2p_ops_t>>);

// What is counted, one way an operator.
static_assert(are_disjoint<sets::sync_ops, sets::comm_tensor_arg_0, sets::comm_tensor_arg_1, sets::comm_tensor_res_sum,
                           sets::comm_tensor_single_untyped_storage, sets::comm_tensor_arg_res, sets::comm_tensor_arg_0_and_res>);
static_assert(
    std::is_same_v<sets::comm_tensor_arg_0, mp_list<functional::all_reduce_coalesced_t, functional::all_reduce_coalesced_in_place_t,
                                                    c10d::allreduce_t, c10d::broadcast_t, c10d::reduce_t, c10d::allgather_t, c10d::gather_t,
                                                    c10d::send_t, c10d::recv_t, c10d::recv_any_source_t, c10d::allreduce_coalesced_t,
                                                    c10d::allgather_coalesced_t, c10d::allgather_into_tensor_coalesced_t>>);
static_assert(
    std::is_same_v<sets::comm_tensor_arg_1, mp_list<c10d::reduce_scatter_t, c10d::scatter_t, c10d::reduce_scatter_tensor_coalesced_t>>);
static_assert(std::is_same_v<sets::comm_tensor_res_sum,
                             mp_list<functional::all_gather_into_tensor_coalesced_t, functional::reduce_scatter_tensor_coalesced_t>>);
static_assert(std::is_same_v<sets::comm_tensor_single_untyped_storage,
                             mp_list<functional::all_reduce_t, functional::all_reduce_in_place_t, functional::reduce_scatter_tensor_t,
                                     functional::reduce_scatter_tensor_out_t, functional::broadcast_t, functional::broadcast_in_place_t,
                                     functional::isend_t, functional::irecv_t, autograd::reduce_scatter_tensor_t, c10d::allgather_base_t>>);
static_assert(std::is_same_v<sets::comm_tensor_arg_res, mp_list<functional::all_gather_into_tensor_t, autograd::all_gather_into_tensor_t>>);
static_assert(std::is_same_v<sets::comm_tensor_arg_0_and_res,
                             mp_list<functional::all_to_all_single_t, autograd::all_to_all_single_t, shard_dim_alltoall_t>>);

// A work comes back from all that write into their arguments, but one that returns nothing.
static_assert(
    is_divided_into<boost::mp11::mp_remove<sets::non_functional_collectives, c10d::monitored_barrier_t>, sets::wk, sets::wk_arg_1>);
static_assert(
    std::is_same_v<sets::wk_arg_1, mp_list<c10d::allreduce_t, c10d::broadcast_t, c10d::allgather_t, c10d::allgather_base_t,
                                           c10d::reduce_scatter_t, c10d::reduce_scatter_base_t, c10d::scatter_t, c10d::alltoall_t>>);

}  // namespace
