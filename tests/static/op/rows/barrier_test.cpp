// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/barrier.hpp>

#include <commfold/op/collective_op.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;
namespace c10d = commfold::c10d;
using call::payload;

constexpr cf::process_group<"g", 4> g;
using device = cf::tensor<cf::u8, 1>;
constexpr cf::dynamic_tensor dynamic(cf::i64, {8, 3, 2});
constexpr std::array device_ids{0};

// A barrier returns a work, a monitored one nothing; the tensor only names a device, and nothing is carried.
static_assert(std::is_same_v<decltype(c10d::barrier(device{}, g, device_ids, false)), cf::fake_work<device>>);
static_assert(c10d::barrier(dynamic, g).result() == dynamic);
static_assert(std::is_void_v<decltype(c10d::monitored_barrier_(device{}, g, device_ids, 6000, false))>);
static_assert(payload(c10d::barrier, device{}, g) == cf::call_bytes{} && payload(c10d::monitored_barrier_, dynamic, g) == cf::call_bytes{});

// Both have a group, which PyTorch's table forgot for the second, and neither has a size.
static_assert(cf::collective_op::get_process_group(c10d::barrier, std::tuple{device{}, g}) == g);
static_assert(cf::collective_op::get_process_group(c10d::monitored_barrier_, std::tuple{device{}, g, device_ids, 0, true}) == g);
template <class Op>
concept is_sized =
    requires(Op op, std::tuple<device, cf::process_group<"g", 4>> args) { cf::collective_op::get_comm_tensor_size(op, 0, args); };
template <class Op>
concept is_paid = requires(Op op, std::tuple<device, cf::process_group<"g", 4>> args) { cf::collective_op::message_bytes(op, 0, args); };
static_assert(!is_sized<c10d::barrier_t> && !is_sized<c10d::monitored_barrier_t> && !is_paid<c10d::barrier_t> &&
              !is_paid<c10d::monitored_barrier_t>);

static_assert(!std::is_invocable_v<c10d::barrier_t, int, decltype(g)> && !std::is_invocable_v<c10d::barrier_t, device> &&
              !std::is_invocable_v<c10d::monitored_barrier_t, device, int>);

}  // namespace
