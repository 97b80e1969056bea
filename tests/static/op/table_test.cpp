// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <cstddef>
#include <iterator>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::returns;

struct expected {
  std::string_view name;
  std::string_view schema;
  std::size_t group;
  cf::returns gives;
  std::size_t aliases;
};
constexpr std::size_t none = cf::dyn;

// As PyTorch 2.14 registers them, without `__torch__.torch.classes.c10d.` before a class; the group is where its table says. That table
// forgot the groups of reduce_scatter_tensor_out and of monitored_barrier_, which is where its type says. Last, the argument whose storage
// the returned tensors have, by the storages of torch_ops.jsonl; where a work alone comes back, the argument that is its result.
constexpr expected rows[] = {
    {"_c10d_functional::all_reduce", "(Tensor input, str reduce_op, Any group_name) -> Tensor", 2, returns::tensors, none},
    {"_c10d_functional::all_reduce_", "(Tensor(a!) input, str reduce_op, Any group_name) -> Tensor(a!)", 2, returns::tensors, 0},
    {"_c10d_functional::all_reduce_coalesced", "(Tensor[] inputs, str reduce_op, Any group_name) -> Tensor[]", 2, returns::tensors, none},
    {"_c10d_functional::all_reduce_coalesced_", "(Tensor[](a!) inputs, str reduce_op, Any group_name) -> Tensor[](a!)", 2, returns::tensors,
     0},
    {"_c10d_functional::all_gather_into_tensor", "(Tensor input, int group_size, Any group_name) -> Tensor", 2, returns::tensors, none},
    {"_c10d_functional::all_gather_into_tensor_out", "(Tensor input, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)", 2,
     returns::tensors, none},
    {"_c10d_functional::all_gather_into_tensor_coalesced", "(Tensor[] inputs, int group_size, Any group_name) -> Tensor[]", 2,
     returns::tensors, none},
    {"_c10d_functional::reduce_scatter_tensor", "(Tensor input, str reduce_op, int group_size, Any group_name) -> Tensor", 3,
     returns::tensors, none},
    {"_c10d_functional::reduce_scatter_tensor_out",
     "(Tensor input, str reduce_op, int group_size, Any group_name, *, Tensor(a!) out) -> Tensor(a!)", 3, returns::tensors, none},
    {"_c10d_functional::reduce_scatter_tensor_coalesced", "(Tensor[] inputs, str reduce_op, int group_size, Any group_name) -> Tensor[]", 3,
     returns::tensors, none},
    {"_c10d_functional::broadcast", "(Tensor input, int src, Any group_name) -> Tensor", 2, returns::tensors, none},
    {"_c10d_functional::broadcast_", "(Tensor(a!) input, int src, Any group_name) -> Tensor(a!)", 2, returns::tensors, 0},
    {"_c10d_functional::all_to_all_single",
     "(Tensor input, SymInt[] output_split_sizes, SymInt[] input_split_sizes, Any group_name) -> Tensor", 3, returns::tensors, none},
    {"_c10d_functional::isend", "(Tensor tensor, int dst, int tag, str group_name) -> Tensor", 3, returns::tensors, none},
    {"_c10d_functional::irecv", "(Tensor tensor, int src, int tag, str group_name) -> Tensor", 3, returns::tensors, none},
    {"_c10d_functional::batch_p2p_ops", "(str[] op_list, int[] peer_list, int[] tag_list, Tensor[] tensors, str group_name) -> Tensor[]", 4,
     returns::tensors, 3},
    {"_c10d_functional::wait_tensor", "(Tensor tensor) -> Tensor", none, returns::tensors, none},
    {"_c10d_functional_autograd::all_gather_into_tensor", "(Tensor input, int group_size, Any group_name) -> Tensor", 2, returns::tensors,
     none},
    {"_c10d_functional_autograd::reduce_scatter_tensor", "(Tensor input, str reduce_op, int group_size, Any group_name) -> Tensor", 3,
     returns::tensors, none},
    {"_c10d_functional_autograd::all_to_all_single",
     "(Tensor input, SymInt[] output_split_sizes, SymInt[] input_split_sizes, Any group_name) -> Tensor", 3, returns::tensors, none},
    {"_dtensor::shard_dim_alltoall", "(Tensor input, int gather_dim, int shard_dim, Any group_name) -> Tensor", 3, returns::tensors, none},
    {"c10d::allreduce_",
     "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, Tensor? sparse_indices, bool async_op=True, int timeout=-1) -> "
     "(Tensor[], Work)",
     1, returns::tensors_and_work, 0},
    {"c10d::broadcast_",
     "(Tensor[] tensors, ProcessGroup process_group, int root_rank, int root_tensor, bool async_op=True, int timeout=-1) -> (Tensor[], "
     "Work)",
     1, returns::tensors_and_work, 0},
    {"c10d::reduce_",
     "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, int root_rank, int root_tensor, bool async_op=True, int "
     "timeout=-1) -> Work",
     1, returns::work, 0},
    {"c10d::allgather_",
     "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor[][], "
     "Work)",
     2, returns::tensors_and_work, 0},
    {"c10d::_allgather_base_",
     "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor, Work)", 2,
     returns::tensors_and_work, 0},
    {"c10d::reduce_scatter_",
     "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int "
     "timeout=-1) -> (Tensor[], Work)",
     2, returns::tensors_and_work, 0},
    {"c10d::_reduce_scatter_base_",
     "(Tensor output_tensor, Tensor input_tensor, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> "
     "(Tensor, Work)",
     2, returns::tensors_and_work, 0},
    {"c10d::gather_",
     "(Tensor[][] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
     "-> Work",
     2, returns::work, 0},
    {"c10d::scatter_",
     "(Tensor[] output_tensors, Tensor[][] input_tensors, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) "
     "-> (Tensor[], Work)",
     2, returns::tensors_and_work, 0},
    {"c10d::alltoall_",
     "(Tensor[] output_tensors, Tensor[] input_tensors, ProcessGroup process_group, bool async_op=True, int timeout=-1) -> (Tensor[], "
     "Work)",
     2, returns::tensors_and_work, 0},
    {"c10d::alltoall_base_",
     "(Tensor output, Tensor input, ProcessGroup process_group, int[] output_split_sizes, int[] input_split_sizes, bool async_op=True, int "
     "timeout=-1) -> Work",
     2, returns::work, 0},
    {"c10d::send", "(Tensor[] tensors, ProcessGroup process_group, int dst, int tag) -> Work", 1, returns::work, 0},
    {"c10d::recv_", "(Tensor[] tensors, ProcessGroup process_group, int src, int tag) -> Work", 1, returns::work, 0},
    {"c10d::recv_any_source_", "(Tensor[] tensors, ProcessGroup process_group, int tag) -> Work", 1, returns::work, 0},
    {"c10d::barrier", "(Tensor tensor, ProcessGroup process_group, int[] device_ids, bool async_op=True, int timeout=-1) -> Work", 1,
     returns::work, 0},
    {"c10d::monitored_barrier_", "(Tensor tensor, ProcessGroup process_group, int[] device_ids, int timeout, bool wait_all_ranks) -> ()", 1,
     returns::nothing, 0},
    // PyTorch's table does not hold these; its public API emits them.
    {"c10d::allreduce_coalesced_",
     "(Tensor[] tensors, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work", 1, returns::work, 0},
    {"c10d::allgather_coalesced_", "(Tensor[][] output_lists, Tensor[] input_list, ProcessGroup process_group, bool async_op=True) -> Work",
     2, returns::work, 0},
    {"c10d::allgather_into_tensor_coalesced_",
     "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, bool async_op=True) -> Work", 2, returns::work, 0},
    {"c10d::reduce_scatter_tensor_coalesced_",
     "(Tensor[] outputs, Tensor[] inputs, ProcessGroup process_group, ReduceOp reduce_op, bool async_op=True, int timeout=-1) -> Work", 2,
     returns::work, 0},
    {"c10d::gather_into_tensor_",
     "(Tensor input_tensor, Tensor output_tensor, ProcessGroup process_group, int root_rank, bool async_op=True, int timeout=-1) -> Work",
     2, returns::work, 1},
};

constexpr std::size_t position_of(cf::call_term term) { return term.is_argument() ? term.index : none; }

template <class Op>
constexpr bool is(expected const& row) {
  return Op::name == row.name && Op::schema == row.schema && position_of(Op::rules.group) == row.group && cf::returns_of<Op> == row.gives &&
         position_of(Op::rules.aliases) == row.aliases;
}

template <class... Op>
constexpr std::size_t first_that_differs(boost::mp11::mp_list<Op...>) {
  std::size_t at = 0;
  bool same = true;
  bool const done[] = {(same = same && is<Op>(rows[at]), at += same ? 1 : 0, same)...};
  static_cast<void>(done);
  return at;
}
static_assert(std::size(rows) == 42 && boost::mp11::mp_size<cf::all_operators>::value == 42);
static_assert(first_that_differs(cf::all_operators{}) == 42);
static_assert(boost::mp11::mp_is_set<cf::all_operators>::value);

template <class T>
using is_row = std::bool_constant<cf::operator_row<T>>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, is_row>::value);

// The argument that a row calls the group is one by its schema too, and the only one.
template <class Op>
consteval bool has_one_group() {
  std::size_t groups = 0;
  std::size_t at = none;
  for (std::size_t i = 0; i != cf::parameters_of<Op>.size(); ++i)
    if (cf::parameters_of<Op>[i].type == cf::parameter_type::group) ++groups, at = i;
  return at == position_of(Op::rules.group) && groups == (at == none ? 0 : 1);
}
template <class Op>
using group_is_a_group = std::bool_constant<has_one_group<Op>()>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, group_is_a_group>::value);

// Operators in place return what they were given; a schema that marks what it writes to (Tensor(a!)) marks the same argument. The two
// _out operators write elsewhere than they return, as PyTorch's meta kernels do.
template <class Op>
consteval bool writes_what_it_returns() {
  for (std::size_t i = 0; i != cf::parameters_of<Op>.size(); ++i)
    if (cf::parameters_of<Op>[i].written && position_of(Op::rules.aliases) != i) return cf::parameters_of<Op>[i].name == "out";
  return true;
}
template <class Op>
using aliases_what_is_written = std::bool_constant<writes_what_it_returns<Op>()>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, aliases_what_is_written>::value);

// The root and the peer are the arguments that the schema names so: a src is a root where all ranks receive, else a peer.
template <class Op>
consteval bool has_ranks_by_name() {
  std::size_t root = none;
  std::size_t peer = none;
  for (std::size_t i = 0; i != cf::parameters_of<Op>.size(); ++i) {
    std::string_view const name = cf::parameters_of<Op>[i].name;
    if (name == "root_rank" || (name == "src" && Op::kind == cf::collective_kind::broadcast))
      root = i;
    else if (name == "src" || name == "dst")
      peer = i;
  }
  return position_of(Op::rules.root) == root && position_of(Op::rules.peer) == peer;
}
template <class Op>
using ranks_are_named = std::bool_constant<has_ranks_by_name<Op>()>;
static_assert(boost::mp11::mp_all_of<cf::all_operators, ranks_are_named>::value);
template <class Op>
using has_root = std::bool_constant<!Op::rules.root.is_nothing()>;
template <class Op>
using has_peer = std::bool_constant<!Op::rules.peer.is_nothing()>;
static_assert(boost::mp11::mp_count_if<cf::all_operators, has_root>::value == 7 &&
              boost::mp11::mp_count_if<cf::all_operators, has_peer>::value == 4);

}  // namespace
