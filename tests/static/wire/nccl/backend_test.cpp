// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/backend.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>

#include <tests/static/wire/is_a_constant.hpp>

#include <tuple>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using cf::collective_kind;

static_assert(cf::wire::backend<nccl::backend>);

constexpr cf::process_group<"dp", 2> dp;
constexpr cf::process_group<"tp", 4> tp;
constexpr cf::wire::cluster ranks = cf::wire::cluster(cf::device_mesh{dp, tp}, {{"node", 4}}).with_all("world");
constexpr cf::process_group<"world", 8> world;
constexpr nccl::backend h100(nccl::h100_8nic);
constexpr auto of = [](auto const& step, nccl::backend const& on = h100) { return cf::on_wire(cf::trace<1>(step), on, ranks); };

constexpr auto all_reduce = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 100>{}, cf::sum, tp); };
constexpr auto forced(nccl::algorithm a, nccl::protocol p) { return of(all_reduce, h100.with(collective_kind::all_reduce, a, p)); }
// 600 B of payload to one peer: as they are, in 75 lines of 8 B in 16, and in 5 lines of 120 B in 128.
static_assert(forced(nccl::algorithm::ring, nccl::protocol::simple).sent_bytes(0) == 600);
static_assert(forced(nccl::algorithm::ring, nccl::protocol::ll).sent_bytes(0) == 1200);
static_assert(forced(nccl::algorithm::ring, nccl::protocol::ll128).sent_bytes(0) == 640);
static_assert(forced(nccl::algorithm::ring, nccl::protocol::ll).of_rank(0).all().payload.sent_bytes == 600);
// Through the switch: N + N/4, to no rank, from every rank alike, within the node.
constexpr auto nvls = forced(nccl::algorithm::nvls, nccl::protocol::simple);
static_assert(nvls.sent_bytes(2) == 500 && nvls.received_bytes(2) == 500 && nvls.of_rank(2)[0].sent_bytes == 500);
static_assert(nvls.of_all_ranks()[2].all() == nvls.of_rank(2).all() && nvls.sent_bytes_between(2, 3) == 0);
static_assert(nvls.total().all().sent_bytes == 8 * 500 && nvls.total().all().received_bytes == 8 * 500);

// What is not forced is chosen by the model.
constexpr nccl::topology on(nccl::h100_8nic, 4, 1);
constexpr auto chosen = nccl::choose(collective_kind::all_reduce, 400, on);
static_assert(of(all_reduce).sent_bytes(1) == forced(chosen.algorithm, chosen.protocol).sent_bytes(1));

// Over two nodes of four ranks: 400 + 100 B to the switch, and the block of 100 B through the tree of the place.
constexpr auto of_world = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 100>{}, cf::sum, world); };
constexpr auto tree = of(of_world, h100.with(collective_kind::all_reduce, nccl::algorithm::nvls_tree, nccl::protocol::simple));
static_assert(tree.of_rank(1)[0].sent_bytes == 500 && tree.of_rank(1)[1].sent_bytes == 100 && tree.sent_bytes_between(1, 5) == 100);
static_assert(tree.bytes_between("node") == 8 * 100);

// A barrier is an all_reduce of a float; an all_to_all, sends and receives.
constexpr auto barrier = [](auto& comm) { comm.barrier(tp); };
static_assert(of(barrier, h100.with(collective_kind::all_reduce, nccl::algorithm::ring, nccl::protocol::simple)).total_sent_bytes() ==
              2 * 24);
constexpr auto all_to_all = [](auto& comm) { comm.all_to_all(cf::tensor<cf::f32, 100>{}, tp); };
static_assert(of(all_to_all).sent_bytes(1) == 300 && of(all_to_all).sent_bytes_between(1, 0) == 100);

// NCCL's own time.
constexpr auto timed = cf::on_wire(cf::trace<1>(all_reduce), h100, ranks, nccl::timing(nccl::h100_8nic));
static_assert(timed.microseconds() == static_cast<double>(chosen.time_us));
static_assert(
    !is_a_constant<[] { return cf::on_wire(cf::trace<1>(all_to_all), h100, ranks, nccl::timing(nccl::h100_8nic)).microseconds(); }>);

// CollNet is not known, and neither are groups that do not lie alike on nodes.
static_assert(!is_a_constant<[] { return forced(nccl::algorithm::collnet_direct, nccl::protocol::simple).sent_bytes(0); }>);
constexpr cf::wire::cluster straddling(cf::device_mesh{cf::process_group<"a", 3>{}, tp}, {{"node", 6}});
static_assert(!is_a_constant<[] { return cf::on_wire(cf::trace<1>(all_reduce), h100, straddling).sent_bytes(0); }>);

// Rings over equal blocks are asked of one rank, and tell of all.
constexpr auto gathered = [](auto& comm) { comm.all_gather(cf::tensor<cf::f32, 25>{}, tp); };
constexpr auto by_ring = of(gathered, h100.with(collective_kind::all_gather, nccl::algorithm::ring, nccl::protocol::simple));
static_assert(by_ring.of_all_ranks()[6].all() == by_ring.of_rank(6).all() && by_ring.sent_bytes(6) == 300);
static_assert(by_ring.total_sent_bytes() == 8 * 300 && by_ring.bytes_between("node") == 0);

// Under a user's network, too: six rounds of a ring, each 1 us and 100 B at 100 GB/s; two of PAT backwards.
constexpr auto reduce_scatter_tp = [](auto& comm) { comm.reduce_scatter(cf::tensor<cf::f32, 100>{}, cf::sum, tp); };
constexpr double in_time(auto const& step, cf::collective_kind kind, nccl::algorithm a) {
  return cf::on_wire(cf::trace<1>(step), h100.with(kind, a, nccl::protocol::simple), ranks, cf::wire::network{{1, 100}, {1, 100}})
      .microseconds();
}
constexpr bool is_near(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }
static_assert(is_near(in_time(all_reduce, collective_kind::all_reduce, nccl::algorithm::ring), 6 * (1 + 0.001)));
static_assert(is_near(in_time(reduce_scatter_tp, collective_kind::reduce_scatter, nccl::algorithm::pat), 1 + 0.001 + 1 + 0.002));

// A list of tensors is one number in its record.
constexpr auto several = [](auto& comm) {
  comm.call(cf::c10d_functional::all_reduce_coalesced, std::tuple(cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32, 8>{}), cf::sum, tp);
};
static_assert(!is_a_constant<[] { return of(several).sent_bytes(0); }>);
}  // namespace
