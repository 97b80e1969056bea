// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/wait.hpp>

#include <commfold/op/collective_op.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using call::is;
using call::payload;
using cf::call_bytes;
using cf::size_c;

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// PyTorch's [8, 4] of a 64 x 64 storage: 64 B of bfloat16 are seen, 8192 B stored.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::bf16, 64, 64>{}, size_c<0>, size_c<56>, size_c<8>), size_c<1>, size_c<60>, size_c<4>);

// A tensor of its own, and neither group, size nor payload.
static_assert(is(fun::wait_tensor(window), cf::tensor<cf::bf16, 8, 4>{}) && is(fun::wait_tensor(dynamic), dynamic) &&
              payload(fun::wait_tensor, x) == call_bytes{});
template <class Op>
concept has_group = requires(Op op, std::tuple<shard> args) { cf::collective_op::get_process_group(op, args); };
template <class Op>
concept has_size = requires(Op op, std::tuple<shard> args) { cf::collective_op::get_comm_tensor_size(op, shard{}, args); };
static_assert(!has_group<fun::wait_tensor_t> && !has_size<fun::wait_tensor_t>);

static_assert(!std::is_invocable_v<fun::wait_tensor_t, std::tuple<shard>>);

}  // namespace
