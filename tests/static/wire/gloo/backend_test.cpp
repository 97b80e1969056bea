// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/backend.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/step.hpp>

#include <tests/static/wire/is_a_constant.hpp>

namespace {
namespace cf = commfold;

static_assert(cf::wire::backend<cf::gloo::backend>);

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::wire::cluster ranks(dp, {{"node", 2}});
constexpr auto step = [](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 100>{}, cf::sum, dp); };
constexpr auto sent = cf::on_wire(cf::trace<1>(step), cf::gloo::backend{}, ranks);

// gloo.md: 8 segments of 52 B, chunks of 104, 104, 104 and 88 B; rank 0 sends 800 - b[0] - b[3] = 608 B in 16 - 2 - 2 messages, and
// gets 12.
static_assert(sent.of_rank(0).all().payload.sent_bytes == 608 && sent.of_rank(0).all().payload.sent_messages == 12);
static_assert(sent.sent_bytes(0) == 608 + 12 * 96 + 12 * 48);
// To the rank below; its notices come back.
static_assert(sent.sent_bytes_between(0, 3) == 608 + 12 * 96 && sent.sent_bytes_between(3, 0) == 12 * 48);
static_assert(sent.of_all_ranks()[2].all() == sent.of_rank(2).all());

// What gloo does not run is refused.
constexpr auto halves = [](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::bf16, 100>{}, cf::sum, dp); };
static_assert(!is_a_constant<[] { return cf::on_wire(cf::trace<1>(halves), cf::gloo::backend{}, ranks).sent_bytes(0); }>);

// A send is one rank's.
constexpr auto sends = [](auto& comm) { comm.send(cf::tensor<cf::f32, 10>{}, 1, dp); };
constexpr auto one = cf::on_wire(cf::trace<1>(sends), cf::gloo::backend{}, ranks);
static_assert(one.sent_bytes(0) == 40 + 96 && one.received_bytes(0) == 48);
static_assert(!is_a_constant<[] { return one.total_sent_bytes(); }>);
}  // namespace
