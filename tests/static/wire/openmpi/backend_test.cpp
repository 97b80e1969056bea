// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/openmpi/backend.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/step.hpp>

#include <tests/static/wire/is_a_constant.hpp>

#include <tuple>

namespace {
namespace cf = commfold;
namespace mpi = commfold::openmpi;

static_assert(cf::wire::backend<mpi::backend>);

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::wire::cluster ranks(dp);
constexpr auto of = [](auto const& step, mpi::backend const& on = {}) { return cf::on_wire(cf::trace<1>(step), on, ranks); };

constexpr auto all_reduce = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 100>{}, cf::sum, dp); };
constexpr auto by_ring = mpi::backend{}.with(mpi::collective::allreduce, {.algorithm = 4});
constexpr auto by_doubling = mpi::backend{}.with(mpi::collective::allreduce, {.algorithm = 3});
static_assert(of(all_reduce, by_ring).sent_bytes(0) == 600 && of(all_reduce, by_ring).sent_bytes_between(3, 0) == 600);
static_assert(of(all_reduce, by_doubling).sent_bytes(0) == 800 && of(all_reduce, by_doubling).sent_bytes_between(0, 2) == 400);
// What was not set, the rules decide.
static_assert(of(all_reduce).sent_bytes(0) ==
              (mpi::decide({mpi::collective::allreduce, 4, 400, 0, 4}) == 3 ? std::size_t{800} : std::size_t{600}));

// Every other kind: what each rank must send, whatever the algorithm.
constexpr auto all_gather = [](auto& comm) { comm.all_gather(cf::tensor<cf::f32, 25>{}, dp); };
static_assert(of(all_gather).total_sent_bytes() == 4 * 300);
constexpr auto reduce_scatter = [](auto& comm) { comm.reduce_scatter(cf::tensor<cf::f32, 100>{}, cf::sum, dp); };
static_assert(of(reduce_scatter, mpi::backend{}.with(mpi::collective::reduce_scatter_block, {.algorithm = 3})).total_sent_bytes() ==
              4 * 300);
constexpr auto broadcast = [](auto& comm) { comm.broadcast(cf::tensor<cf::f32, 100>{}, 2, dp); };
constexpr auto linear = mpi::backend{}.with(mpi::collective::bcast, {.algorithm = 1});
static_assert(of(broadcast, linear).sent_bytes(2) == 1200 && of(broadcast, linear).sent_bytes(0) == 0);
constexpr auto all_to_all = [](auto& comm) { comm.all_to_all(cf::tensor<cf::f32, 100>{}, dp); };
static_assert(of(all_to_all, mpi::backend{}.with(mpi::collective::alltoall, {.algorithm = 2})).sent_bytes(3) == 300);
constexpr auto send = [](auto& comm) { comm.send(cf::tensor<cf::f32, 100>{}, 3, dp); };
static_assert(of(send).sent_bytes(1) == 400 && of(send).sent_bytes_between(1, 3) == 400);
static_assert(!is_a_constant<[] { return of(send).total_sent_bytes(); }>);
static_assert(
    !is_a_constant<[] { return of(all_reduce, mpi::backend{}.with(mpi::collective::allreduce, {.algorithm = 9})).sent_bytes(0); }>);

// A list of tensors is one number in its record.
constexpr auto several = [](auto& comm) {
  comm.call(cf::c10d_functional::all_reduce_coalesced, std::tuple(cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32, 8>{}), cf::sum, dp);
};
static_assert(!is_a_constant<[] { return of(several).sent_bytes(0); }>);
}  // namespace
