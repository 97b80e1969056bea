// SPDX-License-Identifier: BSL-1.0
// get_comm_tensor_size of one call of each operator of the table that has a size: all but the barriers and wait_tensor. The program that
// only names the types has the same arguments and calls nothing.
#include <commfold/group/process_group.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace cf = commfold;
namespace c10d = cf::c10d;
namespace fun = cf::c10d_functional;
namespace autograd = cf::c10d_functional_autograd;
using cf::size_c;
using cf::sum;

inline constexpr cf::process_group<"dp", 4> g;
inline constexpr cf::tensor<cf::f32, 8, 4> part;    // 128 B
inline constexpr cf::tensor<cf::f32, 32, 4> whole;  // 512 B
inline constexpr std::tuple one{part};
inline constexpr std::tuple one_whole{whole};
inline constexpr std::array parts{part, part, part, part};
inline constexpr std::tuple one_list{parts};
inline constexpr std::array lists{one, one, one, one};
inline constexpr std::array ranks{0, 1};
inline constexpr std::array operations{"isend", "irecv"};
inline constexpr std::tuple two{part, part};

#ifdef ASK
template <class Op, class... Args>
constexpr std::size_t bytes(Op op, Args const&... args) {
  return cf::collective_op::get_comm_tensor_size(op, op(args...), std::tuple<Args...>(args...));
}

static_assert(bytes(fun::all_reduce, part, sum, g) == 128);
static_assert(bytes(fun::all_reduce_, part, sum, g) == 128);
static_assert(bytes(fun::all_reduce_coalesced, two, sum, g) == 256);
static_assert(bytes(fun::all_reduce_coalesced_, two, sum, g) == 256);
static_assert(bytes(fun::all_gather_into_tensor, part, g.size, g) == 512);
static_assert(bytes(fun::all_gather_into_tensor_out, part, g.size, g, whole) == 512);
static_assert(bytes(fun::all_gather_into_tensor_coalesced, two, g.size, g) == 1024);
static_assert(bytes(fun::reduce_scatter_tensor, part, sum, g.size, g) == 128);
static_assert(bytes(fun::reduce_scatter_tensor_out, whole, sum, g.size, g, part) == 512);
static_assert(bytes(fun::reduce_scatter_tensor_coalesced, two, sum, g.size, g) == 64);
static_assert(bytes(fun::broadcast, part, 0, g) == 128);
static_assert(bytes(fun::broadcast_, part, 0, g) == 128);
static_assert(bytes(fun::all_to_all_single, part, cf::even_split, cf::even_split, g) == 256);
static_assert(bytes(fun::isend, part, 1, 0, g) == 128);
static_assert(bytes(fun::irecv, part, 1, 0, g) == 128);
static_assert(bytes(fun::batch_p2p_ops, operations, ranks, ranks, two, g) == 256);
static_assert(bytes(autograd::all_gather_into_tensor, part, g.size, g) == 512);
static_assert(bytes(autograd::reduce_scatter_tensor, part, sum, g.size, g) == 128);
static_assert(bytes(autograd::all_to_all_single, part, cf::even_split, cf::even_split, g) == 256);
static_assert(bytes(cf::dtensor::shard_dim_alltoall, part, size_c<1>, size_c<0>, g) == 640);
static_assert(bytes(c10d::allreduce_, one, g, sum) == 128);
static_assert(bytes(c10d::broadcast_, one, g, 0, 0) == 128);
static_assert(bytes(c10d::reduce_, one, g, sum, 0, 0) == 128);
static_assert(bytes(c10d::allgather_, one_list, one, g) == 512);
static_assert(bytes(c10d::_allgather_base_, whole, part, g) == 512);
static_assert(bytes(c10d::reduce_scatter_, one, one_list, g, sum) == 512);
static_assert(bytes(c10d::_reduce_scatter_base_, part, whole, g, sum) == 512);
static_assert(bytes(c10d::gather_, one_list, one, g, 0) == 512);
static_assert(bytes(c10d::scatter_, one, one_list, g, 0) == 512);
static_assert(bytes(c10d::alltoall_, parts, parts, g) == 512);
static_assert(bytes(c10d::alltoall_base_, part, part, g, cf::even_split, cf::even_split) == 128);
static_assert(bytes(c10d::send, one, g, 1, 0) == 128);
static_assert(bytes(c10d::recv_, one, g, 1, 0) == 128);
static_assert(bytes(c10d::recv_any_source_, one, g, 0) == 128);
static_assert(bytes(c10d::allreduce_coalesced_, two, g, sum) == 256);
static_assert(bytes(c10d::allgather_coalesced_, lists, one, g) == 512);
static_assert(bytes(c10d::allgather_into_tensor_coalesced_, one_whole, one, g) == 512);
static_assert(bytes(c10d::reduce_scatter_tensor_coalesced_, one, one_whole, g, sum) == 512);
static_assert(bytes(c10d::gather_into_tensor_, part, whole, g, 0) == 512);
#endif
