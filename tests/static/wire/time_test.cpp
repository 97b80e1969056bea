// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/time.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/step.hpp>

#include "is_a_constant.hpp"
#include "my_library.hpp"

#include <cstddef>
#include <limits>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;

constexpr bool near(double a, double b) { return a - b < 1e-9 && b - a < 1e-9; }

// Two nodes of two ranks: 1 us and 1 GB/s from port to port, 10 us and 0.5 GB/s between nodes.
constexpr cf::process_group<"w", 4> group;
constexpr wire::cluster where(group, {{"node", 2}});
constexpr wire::network speeds{{1, 1}, {10, 0.5}};
constexpr cf::call_record record({"op", cf::collective_kind::all_reduce, "w", 4, {}, {}, {}, {}}, "");

struct of_two_rounds {
  bool two_cross = false;

  [[nodiscard]] constexpr std::size_t ranks() const { return 4; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == 0) sink(wire::message{0, 1, 1000, 0});
    if (rank == 0) sink(wire::message{0, 2, 1000, 1});
    if (rank == 1 && two_cross) sink(wire::message{1, 3, 3000, 1});
    if (rank == 2) sink(wire::message{2, 0, 2000, 1});
  }
};
// Round 0: 1 us + 1000 B at 1 GB/s = 2 us. Round 1: the way back is another link; 10 us + 2000 B at 0.5 GB/s = 14 us.
static_assert(near(wire::microseconds_of(of_two_rounds(), where.group_of(record), where, speeds), 2 + 14));
// Two messages share the way out of a node: 10 us + 4000 B at 0.5 GB/s = 18 us.
static_assert(near(wire::microseconds_of(of_two_rounds{true}, where.group_of(record), where, speeds), 2 + 18));

// SimGrid 3.32, two nodes of four ranks (/docs/wire.md): a ring over 1 000 000 B takes 224 us.
constexpr cf::process_group<"w", 8> eight;
constexpr wire::cluster two_by_four(eight, {{"node", 4}});
constexpr cf::call_record of_eight({"op", cf::collective_kind::all_reduce, "w", 8, {}, {}, {}, {}}, "");
constexpr wire::all_reduce::ring ring(wire::blocks::of_vector(1000000, 8));
constexpr wire::network simgrid{{1, 100}, {6, 12.5}};
static_assert(near(wire::microseconds_of(ring, two_by_four.group_of(of_eight), two_by_four, simgrid), 224));

// Groups of one name run at once: eight rings of "dp" share the way out of each node.
constexpr cf::process_group<"dp", 2> dp;
constexpr cf::process_group<"tp", 4> tp;
constexpr wire::cluster mesh(cf::device_mesh{dp, tp}, {{"node", 4}});
constexpr auto step = [](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::u8, 100000>{}, cf::sum, dp); };
constexpr auto timed = cf::on_wire(cf::trace<1>(step), my_library{}, mesh, simgrid);
// Two rounds of 50 000 B from each of four ranks at 12.5 GB/s.
static_assert(near(timed.microseconds(), 2 * (6 + 4 * 50000 / 12500.0)));
static_assert(near(timed.microseconds({.group = tp}), 0));
static_assert(decltype(timed)::is_timed && !decltype(cf::on_wire(cf::ledger<1>(), my_library{}, mesh))::is_timed);

// Headers are on the way, too: 1 us + (1000 + 500) B, then 10 us + (2000 + 500) B at 0.5 GB/s.
static_assert(near(wire::microseconds_of(of_two_rounds(), where.group_of(record), where, speeds, {.header = 500}), 2.5 + 15));
// A network knows no switch.
static_assert(!is_a_constant<[] {
  return wire::microseconds_of(wire::all_reduce::nvls(wire::blocks::equal(100, 4)), where.group_of(record), where, speeds);
}>);

static_assert(!is_a_constant<[] { return wire::network{{-1, 1}}.link_classes(); }>);
static_assert(!is_a_constant<[] { return wire::network{{1, 0}}.link_classes(); }>);
static_assert(!is_a_constant<[] { return wire::network{{1, std::numeric_limits<double>::infinity()}}.link_classes(); }>);
static_assert(!is_a_constant<[] { return wire::network{{1, std::numeric_limits<double>::quiet_NaN()}}.link_classes(); }>);
static_assert(is_a_constant<[] { return wire::network{{0, 1}}.link_classes(); }>);
// A network says the speed of each link class of the placement.
static_assert(!is_a_constant<[] { return cf::on_wire(cf::trace<1>(step), my_library{}, mesh, wire::network{{1, 100}}).microseconds(); }>);
}  // namespace
