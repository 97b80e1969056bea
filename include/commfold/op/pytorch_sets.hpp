// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/pytorch_sets.hpp
/// For those who know PyTorch's `CollectiveOp`: its sets of operators, derived from the rows of the table. Nothing in the library asks
/// them.

#include <commfold/op/op.hpp>
#include <commfold/op/rules.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/table.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <type_traits>

namespace commfold {
namespace detail {

template <class Op>
using is_functional = std::bool_constant<!Op::name.starts_with("c10d::")>;

template <std::size_t I>
struct group_is_arg {
  template <class Op>
  using fn = std::is_same<typename Op::group, arg<I>>;
};

template <returns What>
struct what_comes_back_is {
  template <class Op>
  using fn = std::bool_constant<returns_of<Op> == What>;
};

template <class Rule>
struct counts_are {
  template <class Op>
  using fn = std::is_same<typename Op::counts, Rule>;
};
template <class Rule>
using rows_that_count = boost::mp11::mp_copy_if_q<all_operators, counts_are<Rule>>;

/// Whether what is counted is one tensor by the schema, and not a list.
template <class Op, class Rule = typename Op::counts>
inline constexpr bool counts_one = returns_one_tensor<Op>;
template <class Op, std::size_t I>
inline constexpr bool counts_one<Op, arg<I>> = parameters_of<Op>[I].type == parameter_type::tensor;
template <class Op>
using counts_one_tensor = std::bool_constant<counts_one<Op>>;

}  // namespace detail

/// PyTorch's names in small letters; each an `mp_list` of rows, in the order of `all_operators`:
/// `mp_contains<sets::pg_arg_1, c10d::send_t>`. They hold what follows from the rows, and so differ from PyTorch's own where those forgot:
///   - the five operators that PyTorch's table does not know are where their siblings are
///   - `monitored_barrier_` is in `pg_arg_1`, `reduce_scatter_tensor_out` in `pg_arg_4`: they have a group
///   - `reduce_scatter_tensor_out`, `isend` and `irecv` are in `comm_tensor_single_untyped_storage`: they have a size
///   - `isend` and `irecv` are not in `wk_arg_1`: they return a tensor, and PyTorch fails to find a work in it
/// An operator whose size PyTorch computes in a way of its own is in no `comm_tensor_…` set, there or here.
namespace sets {

using collective_ops = all_operators;
/// All that are not `torch.ops.c10d`: the group is a name in PyTorch, and what is returned is what is made.
using functional_collectives = boost::mp11::mp_copy_if<all_operators, detail::is_functional>;
/// `torch.ops.c10d`: the group is an object, and what is made is written into the arguments.
using non_functional_collectives = boost::mp11::mp_remove_if<all_operators, detail::is_functional>;
/// They only wait.
using sync_ops = detail::rows_that_count<detail::nothing>;

/// The number in a name is PyTorch's, and not always the index of the group: `pg_arg_2` has an object at 2, `pg_arg_3` a name.
using pg_arg_1 = boost::mp11::mp_copy_if_q<non_functional_collectives, detail::group_is_arg<1>>;
using pg_arg_2 = boost::mp11::mp_copy_if_q<non_functional_collectives, detail::group_is_arg<2>>;
using pg_arg_3 = boost::mp11::mp_copy_if_q<functional_collectives, detail::group_is_arg<2>>;
using pg_arg_4 = boost::mp11::mp_copy_if_q<functional_collectives, detail::group_is_arg<3>>;
using pg_arg_5 = boost::mp11::mp_copy_if_q<functional_collectives, detail::group_is_arg<4>>;

/// The size is that of a list of tensors: the first argument, the second, the result.
using comm_tensor_arg_0 = boost::mp11::mp_remove_if<detail::rows_that_count<detail::arg<0>>, detail::counts_one_tensor>;
using comm_tensor_arg_1 = boost::mp11::mp_remove_if<detail::rows_that_count<detail::arg<1>>, detail::counts_one_tensor>;
using comm_tensor_res_sum = boost::mp11::mp_remove_if<detail::rows_that_count<detail::result>, detail::counts_one_tensor>;
/// The size is that of one tensor: the first argument, the result, the two together.
using comm_tensor_single_untyped_storage = boost::mp11::mp_copy_if<detail::rows_that_count<detail::arg<0>>, detail::counts_one_tensor>;
using comm_tensor_arg_res = boost::mp11::mp_copy_if<detail::rows_that_count<detail::result>, detail::counts_one_tensor>;
using comm_tensor_arg_0_and_res =
    boost::mp11::mp_copy_if<detail::rows_that_count<detail::both<detail::arg<0>, detail::result>>, detail::counts_one_tensor>;

/// What comes back is a work, or a work beside the tensors.
using wk = boost::mp11::mp_copy_if_q<all_operators, detail::what_comes_back_is<returns::work>>;
using wk_arg_1 = boost::mp11::mp_copy_if_q<all_operators, detail::what_comes_back_is<returns::tensors_and_work>>;

}  // namespace sets
}  // namespace commfold
