// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/totals_by.hpp>

#include <commfold/op/table.hpp>

#include <cstddef>
#include <string_view>

namespace {
namespace cf = commfold;
using cf::call_key;

constexpr cf::call_record gather(std::string_view group, std::size_t ranks, std::string_view phase, cf::dtype type, std::size_t bytes) {
  return {cf::c10d_functional::all_gather_into_tensor, group, ranks, phase, type, {bytes, 2 * bytes, 3 * bytes}};
}

template <std::size_t Rows>
constexpr cf::ledger<Rows> a_step() {
  cf::detail::open_ledger open;
  open.add(gather("dp", 4, "forward", cf::bf16, 10), 6);
  open.add({cf::c10d::barrier, "tp", 2, "", {}, {}}, 1);
  open.add(gather("dp", 4, "backward", cf::bf16, 10), 2);
  open.add(gather("dp", 8, "forward", cf::f32, 20), 1);
  return cf::ledger<Rows>(open);
}
constexpr auto traffic = a_step<8>();

constexpr bool is(cf::subtotal const& slice, cf::traffic_totals const& totals) { return slice.totals() == totals; }

// No key: one slice of everything. 6 x 10 + 2 x 10 + 1 x 20 in, twice that out, three times that as messages.
constexpr auto all = cf::totals_by(traffic, call_key::none);
static_assert(all.slices().size() == 1 && is(all.slices()[0], {10, 100, 200, 300}));

// In the order of the first call of each.
constexpr auto by_op = cf::totals_by(traffic, call_key::op);
static_assert(by_op.slices().size() == 2);
static_assert(by_op.slices()[0].like().op() == "_c10d_functional::all_gather_into_tensor" && is(by_op.slices()[0], {9, 100, 200, 300}));
static_assert(by_op.slices()[1].like().op() == "c10d::barrier" && is(by_op.slices()[1], {1, 0, 0, 0}));

// A group is its name and its size.
constexpr auto by_group = cf::totals_by(traffic, call_key::group);
static_assert(by_group.slices().size() == 3);
static_assert(by_group.slices()[0].like().group_size() == 4 && is(by_group.slices()[0], {8, 80, 160, 240}));
static_assert(by_group.slices()[1].like().group() == "tp" && is(by_group.slices()[1], {1, 0, 0, 0}));
static_assert(by_group.slices()[2].like().group_size() == 8 && is(by_group.slices()[2], {1, 20, 40, 60}));

constexpr auto by_phase = cf::totals_by(traffic, call_key::phase);
static_assert(by_phase.slices().size() == 3 && is(by_phase.slices()[0], {7, 80, 160, 240}) && is(by_phase.slices()[2], {2, 20, 40, 60}));

constexpr auto by_dtype = cf::totals_by(traffic, call_key::dtype);
static_assert(by_dtype.slices().size() == 3 && is(by_dtype.slices()[0], {8, 80, 160, 240}) && !by_dtype.slices()[1].like().dtype());

constexpr auto by_size = cf::totals_by(traffic, call_key::message_size);
static_assert(by_size.slices().size() == 3 && is(by_size.slices()[0], {8, 80, 160, 240}) && is(by_size.slices()[2], {1, 20, 40, 60}));

// Several keys: what differs in any of them is another slice.
static_assert(cf::totals_by(traffic, call_key::op | call_key::phase).slices().size() == 3);
static_assert(cf::totals_by(traffic, call_key::group | call_key::phase).slices().size() == 4);

// Of a ledger that allocates, and of nothing.
static_assert(cf::totals_by(a_step<cf::dyn>(), call_key::op).slices().size() == 2);
static_assert(cf::totals_by(cf::ledger<>(), call_key::op).slices().empty());

// The same rows as a ledger.
static_assert(traffic.slice({.group = "dp", .phase = "forward"}).rows().size() == 2);
static_assert(traffic.slice({.group = "dp", .phase = "forward"}).total() == cf::traffic_totals{7, 80, 160, 240});
static_assert(traffic.slice([](cf::call_record const& c) { return c.group_size() == 2; }).rows()[0].call().op() == "c10d::barrier");
static_assert(traffic.slice({}) == traffic && traffic.slice({.group = "pp"}) == cf::ledger<>());
static_assert(a_step<cf::dyn>().slice({.group = "dp"}).total({.phase = "backward"}) == cf::traffic_totals{2, 20, 40, 60});

// The names of slices are their own: the ledger may go.
constexpr auto of_a_temporary = cf::totals_by(a_step<8>(), call_key::group);
static_assert(of_a_temporary.slices()[1].like().group() == "tp" && of_a_temporary.slices()[2].like().phase() == "forward");

// Each key looks at its own property and at no other; no dtype is another than any dtype, the first too.
constexpr std::size_t slices(call_key key, cf::call_record const& a, cf::call_record const& b) {
  cf::detail::open_ledger open;
  open.add(a, 1);
  open.add(b, 1);
  return cf::totals_by(cf::ledger<2>(open), key).slices().size();
}
constexpr auto gathered = gather("dp", 4, "forward", cf::bf16, 10);
constexpr auto of_f32 = gather("dp", 4, "forward", cf::f32, 10), larger = gather("dp", 4, "forward", cf::bf16, 20);
static_assert(slices(call_key::dtype, gathered, of_f32) == 2 && slices(call_key::message_size, gathered, of_f32) == 1);
static_assert(slices(call_key::dtype, gathered, larger) == 1 && slices(call_key::message_size, gathered, larger) == 2);
constexpr cf::call_record first_dtype{cf::c10d::send, "dp", 4, "", cf::dtype{}, {}}, no_dtype{cf::c10d::send, "dp", 4, "", {}, {}};
static_assert(slices(call_key::dtype, first_dtype, no_dtype) == 2 && slices(call_key::op, first_dtype, no_dtype) == 1);

// So are their parts.
static_assert([] {
  constexpr std::size_t parts[] = {1, 3};
  cf::detail::open_ledger open;
  open.add(cf::call_record({.op = "x", .group = "g", .group_size = 2}, "", {{}, {parts, 2}}), 5);
  auto const sliced = cf::totals_by(cf::ledger<1>(open), call_key::none);
  return sliced.slices()[0].like().output_parts() == cf::bytes_by_rank(parts, 2);
}());

}  // namespace
