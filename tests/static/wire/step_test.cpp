// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/step.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/time.hpp>

#include "is_a_constant.hpp"
#include "my_library.hpp"

#include <cstddef>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::process_group<"tp", 8> tp;
constexpr wire::cluster where(cf::device_mesh{dp, tp}, {{"node", 8}});

// 400 B over "dp", whose ranks are on four nodes: 2 · 3/4 · 400 = 600 B a rank. Three times 3 200 B over "tp", within a node: 5 600 B each.
constexpr auto steps = [](auto& comm) {
  comm.phase("backward", [&] { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 100>{}, cf::sum, dp); });
  comm.repeat(3, [&] { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 800>{}, cf::sum, tp); });
};
constexpr auto traffic = cf::trace<4>(steps);
constexpr auto sent = cf::on_wire(traffic, my_library{}, where);

static_assert(sent.ranks() == 32 && sent.rows().size() == 2);
static_assert(sent.sent_bytes(0) == 600 + 3 * 5600 && sent.received_bytes(31) == 600 + 3 * 5600);
static_assert(sent.sent_bytes(3, {.group = dp}) == 600 && sent.sent_bytes(3, {.phase = "backward"}) == 600);
static_assert(sent.total_sent_bytes() == 32 * (600 + 3 * 5600));
static_assert(sent.bytes_between("node") == 32 * 600 && sent.bytes_between("node", {.group = tp}) == 0);

// Who sends to whom: up the ring of each group.
static_assert(sent.sent_bytes_between(3, 11) == 600 && sent.sent_bytes_between(11, 3) == 0 && sent.sent_bytes_between(27, 3) == 600);
static_assert(sent.sent_bytes_between(3, 4) == 3 * 5600 && sent.sent_bytes_between(7, 0) == 3 * 5600);

// By link class.
static_assert(sent.of_rank(5)[0].sent_bytes == 3 * 5600 && sent.of_rank(5)[1].sent_bytes == 600);
static_assert(sent.of_rank(5)[1].payload == wire::rank_traffic{600, 600, 6, 6});
static_assert(sent.of_rank(5).from_class(1).sent_bytes == 600 && sent.of_rank(5).link_classes() == 2);
static_assert(sent.of_rank(5, sent.rows()[1]).all().sent_bytes == 3 * 5600);

// Ranks differ where blocks do: 7 B over 4 ranks are blocks of 2, 2, 2 and 1, and rank r sends 14 - b[r+1] - b[r+2].
constexpr auto uneven = [](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::u8, 7>{}, cf::sum, dp); };
constexpr auto ragged = cf::on_wire(cf::trace<1>(uneven), my_library{}, wire::cluster(dp));
static_assert(ragged.sent_bytes(0) == 10 && ragged.sent_bytes(1) == 11 && ragged.sent_bytes(2) == 11 && ragged.sent_bytes(3) == 10);
static_assert(ragged.busiest_sender() == 1 && ragged.max_sent_bytes() == 11);
static_assert(ragged.busiest_receiver() == 2 && ragged.max_received_bytes() == 11);

// What a library adds to payload goes both ways.
struct with_headers {
  template <class Use>
  constexpr void schedules_of(wire::call const& c, Use&& use) const {
    my_library().schedules_of(c, [&](auto const& s) { use(s, wire::framing{.header = 96, .reply = 48}); });
  }
};
constexpr auto framed = cf::on_wire(cf::trace<1>(uneven), with_headers{}, wire::cluster(dp));
static_assert(framed.sent_bytes(0) == 10 + 6 * (96 + 48) && framed.of_rank(0).all().payload.sent_bytes == 10);
static_assert(framed.sent_bytes_between(0, 1) == 10 + 6 * 96 && framed.sent_bytes_between(1, 0) == 6 * 48);
static_assert(framed.total_sent_bytes() == 42 + 4 * 6 * 144);

// The matrix: what ranks send to each other, replies on their way back.
constexpr std::size_t between_two(auto const& step, std::size_t a, std::size_t b) {
  std::size_t all = 0;
  step.for_each_pair([&](std::size_t from, std::size_t to, std::size_t bytes) { all += from == a && to == b ? bytes : 0; });
  return all;
}
constexpr std::size_t between_own(auto const& step, std::size_t own, std::size_t a, std::size_t b) {
  std::size_t all = 0;
  step.for_each_pair_of(own, [&](std::size_t from, std::size_t to, std::size_t bytes) { all += from == a && to == b ? bytes : 0; });
  return all;
}
static_assert(between_two(framed, 0, 1) == 10 + 6 * 96 && between_two(framed, 1, 0) == 6 * 48);
static_assert(between_own(framed, 0, 0, 1) == 10 + 6 * 96 && between_own(framed, 1, 0, 1) == 10 + 6 * 96);
static_assert([] {
  for (std::size_t from = 0; from != 4; ++from)
    for (std::size_t to = 0; to != 4; ++to)
      if (from != to && between_two(framed, from, to) != framed.sent_bytes_between(from, to)) return false;
  return true;
}());

// A group of a list: the others have no part in it.
constexpr std::size_t odd[] = {3, 1};
constexpr cf::process_group<"odd", 2> pair;
constexpr auto some = [](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::u8, 8>{}, cf::sum, pair); };
constexpr auto of_list = cf::on_wire(cf::trace<1>(some), my_library{}, wire::cluster(dp).with("odd", {odd, 2}));
static_assert(of_list.sent_bytes(3) == 8 && of_list.sent_bytes(0) == 0 && of_list.sent_bytes_between(3, 1) == 8);

// Nothing is recorded, nothing is sent.
static_assert(cf::on_wire(cf::ledger<1>(), my_library{}, where).total_sent_bytes() == 0);

// A record of one rank says nothing of the others. The library here sends all to rank + 1.
struct sends_up {
  [[nodiscard]] constexpr std::size_t ranks() const { return 4; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == 0) sink(wire::message{0, 1, 8, 0});
  }
};
struct p2p_library {
  template <class Use>
  constexpr void schedules_of(wire::call const&, Use&& use) const {
    use(sends_up());
  }
};
constexpr cf::ledger<1> of_one_send = [] {
  cf::ledger_row const row(cf::call_record({"c10d::send", cf::collective_kind::send, "dp", 4, {}, {8, 0, 8}, {}, 1}, ""), 1);
  return cf::ledger<1>(std::span<cf::ledger_row const>(&row, 1));
}();
constexpr auto one_send = cf::on_wire(of_one_send, p2p_library{}, wire::cluster(dp));
static_assert(one_send.sent_bytes(0) == 8);
static_assert(!is_a_constant<[] { return one_send.total_sent_bytes(); }>);
static_assert(!is_a_constant<[] { return one_send.max_sent_bytes(); }>);
static_assert(is_a_constant<[] { return one_send.total_sent_bytes({.group = "tp"}); }>);

static_assert(is_a_constant<[] { return sent.sent_bytes(31); }>);
static_assert(!is_a_constant<[] { return sent.sent_bytes(32); }>);
static_assert(!is_a_constant<[] { return sent.bytes_between("rack"); }>);
static_assert(!is_a_constant<[] { return cf::on_wire(traffic, my_library{}, wire::cluster(dp)).sent_bytes(0); }>);
static_assert(!is_a_constant<[] { return cf::on_wire(traffic, my_library{}, wire::cluster(tp)).sent_bytes_between(0, 8); }>);
}  // namespace
