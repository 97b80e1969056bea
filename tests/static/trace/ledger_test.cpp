// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/ledger.hpp>

#include <commfold/op/table.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace {
namespace cf = commfold;

constexpr cf::call_record gather(std::string_view phase, std::size_t input) {
  return {cf::c10d_functional::all_gather_into_tensor, "dp", 4, phase, cf::bf16, {input, 4 * input, 4 * input}};
}
constexpr cf::call_record barrier{cf::c10d::barrier, "dp", 4, "", {}, {}};

// Rows stand in the order of the first call of their kind, whatever comes between.
template <std::size_t Rows>
constexpr cf::ledger<Rows> a_step() {
  cf::detail::open_ledger open;
  open.add(gather("forward", 10), 1);
  open.add(barrier, 1);
  open.add(gather("backward", 10), 2);
  open.add(gather("forward", 10), 5);
  open.add(gather("forward", 20), 1);
  open.add(barrier, 1);
  return cf::ledger<Rows>(open);
}

constexpr auto traffic = a_step<64>();  // a constant: it points nowhere
static_assert(traffic.rows().size() == 4);
static_assert(traffic.rows()[0].call() == gather("forward", 10) && traffic.rows()[0].calls() == 6);
static_assert(traffic.rows()[1].call() == barrier && traffic.rows()[1].calls() == 2);
static_assert(traffic.rows()[2].call() == gather("backward", 10) && traffic.rows()[2].calls() == 2);
static_assert(traffic.rows()[3].call() == gather("forward", 20) && traffic.rows()[3].calls() == 1);

// 6 x (10, 40), 2 x (0, 0), 2 x (10, 40), 1 x (20, 80).
static_assert(traffic.rows()[0].totals() == cf::traffic_totals{.calls = 6, .input_bytes = 60, .output_bytes = 240, .message_bytes = 240});
static_assert(traffic.rows()[1].totals() == cf::traffic_totals{2, 0, 0, 0});
static_assert(traffic.calls() == 11 && traffic.input_bytes() == 100 && traffic.output_bytes() == 400 && traffic.message_bytes() == 400);
static_assert(traffic.total() == cf::traffic_totals{11, 100, 400, 400});

// Totals of some rows.
static_assert(traffic.total([](cf::call_record const& c) { return c.phase() == "forward"; }) == cf::traffic_totals{7, 80, 320, 320});
static_assert(traffic.total([](cf::call_record const& c) { return c.bytes().input_bytes == 20; }) == cf::traffic_totals{1, 20, 80, 80});
static_assert(traffic.total([](cf::call_record const& c) { return !c.dtype(); }) == cf::traffic_totals{2, 0, 0, 0});
static_assert(traffic.total([](auto const&) { return false; }) == cf::traffic_totals{});

// Input, output and message bytes are three columns and not one.
constexpr cf::ledger<1> uneven = [] {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_to_all_single, "ep", 2, "", cf::u8, {3, 5, 7}}, 11);
  return cf::ledger<1>(open);
}();
static_assert(uneven.total() == cf::traffic_totals{11, 33, 55, 77});
static_assert(uneven.input_bytes() == 33 && uneven.output_bytes() == 55 && uneven.message_bytes() == 77);

// Equal is what recorded the same, row by row, whatever room is left.
static_assert(a_step<4>() == a_step<200>() && a_step<4>() == a_step<4>() && a_step<cf::dyn>() == a_step<4>());
static_assert(a_step<64>() == a_step<cf::dyn>() && a_step<64>() != uneven);
static_assert(cf::ledger<3>() == cf::ledger<0>() && cf::ledger<cf::dyn>() == cf::ledger<>() && cf::ledger<3>() != uneven);
constexpr cf::ledger<8> counted_once_more = [] {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_to_all_single, "ep", 2, "", cf::u8, {3, 5, 7}}, 12);
  return cf::ledger<8>(open);
}();
static_assert(uneven != counted_once_more);

// An empty ledger.
static_assert(cf::ledger<>().rows().empty() && cf::ledger<>().total() == cf::traffic_totals{});
static_assert(std::is_same_v<cf::ledger<>, cf::ledger<64>>);
static_assert(std::is_trivially_copyable_v<cf::ledger<8>>);

// Many kinds of call: each is found again after the table of slots has grown over them. 100 kinds, twice, in two orders.
constexpr cf::ledger<100> many = [] {
  cf::detail::open_ledger open;
  for (std::size_t i = 0; i < 100; ++i) open.add(gather("", i), 1);
  for (std::size_t i = 100; i-- > 0;) open.add(gather("", i), 2);
  return cf::ledger<100>(open);
}();
static_assert(many.rows().size() == 100 && many.calls() == 300);
static_assert(many.rows()[0].call() == gather("", 0) && many.rows()[99].call() == gather("", 99) && many.rows()[37].calls() == 3);
static_assert(many.input_bytes() == 14850);  // 3 x (0 + 1 + ... + 99)

// Kinds that differ in a letter only have one hash while compiling, which sees lengths: they are two rows all the same.
constexpr cf::ledger<4> alike = [] {
  cf::detail::open_ledger open;
  for (std::string_view const group : {"dp", "tp", "dp"})
    for (std::string_view const phase : {"layer1", "layer2"}) open.add({cf::c10d::send, group, 2, phase, cf::u8, {1, 1, 1}}, 1);
  return cf::ledger<4>(open);
}();
static_assert(alike.rows().size() == 4 && alike.rows()[0].calls() == 2 && alike.rows()[2].calls() == 1);
static_assert(alike.rows()[2].call().group() == "tp" && alike.rows()[3].call().phase() == "layer2");

// One row too few, and sums that do not fit, are no constants.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
constexpr std::size_t half = std::size_t{1} << 63;
template <std::size_t Times, std::size_t Bytes>
constexpr cf::ledger<2> heavy() {
  cf::detail::open_ledger open;
  open.add(gather("a", 0), 1);
  open.add({cf::c10d::send, "pp", 2, "", cf::u8, {Bytes, 0, 0}}, Times);
  return cf::ledger<2>(open);
}
static_assert(is_a_constant<[] { return a_step<4>().calls(); }> && !is_a_constant<[] { return a_step<3>().calls(); }>);
static_assert(is_a_constant<[] { return heavy<1, half>().input_bytes(); }> &&
              !is_a_constant<[] { return heavy<2, half>().input_bytes(); }>);
static_assert(is_a_constant<[] { return heavy<cf::dyn - 1, 1>().calls(); }> && !is_a_constant<[] { return heavy<cf::dyn, 1>().calls(); }>);

// Names are kept whole: a ledger of one row has room for a group of 64 characters and a phase of 192.
struct text {
  char data[1000] = {};
  std::size_t size;
  constexpr explicit text(std::size_t length, char c) : size(length) {
    for (std::size_t i = 0; i != size; ++i) data[i] = c;
  }
  [[nodiscard]] constexpr std::string_view view() const { return {data, size}; }
};
constexpr text group_of_64(64, 'g'), phase_of_192(192, 'p');
template <std::size_t Rows>
constexpr cf::ledger<Rows> long_names(std::string_view group, std::string_view phase, std::size_t calls = 1) {
  cf::detail::open_ledger open;
  for (std::size_t i = 0; i != calls; ++i) open.add({cf::c10d::send, group, 2, phase, cf::u8, {i, 0, i}}, 1);
  return cf::ledger<Rows>(open);
}
constexpr auto longest = long_names<1>(group_of_64.view(), phase_of_192.view());
static_assert(longest.rows()[0].call().group() == group_of_64.view() && longest.rows()[0].call().phase() == phase_of_192.view());
// A name that a hundred rows share is there once.
static_assert(long_names<100>(text(900, 'g').view(), text(900, 'p').view(), 100).rows()[99].call().phase() == text(900, 'p').view());

// 296 characters in one row: one is index 0, a name of 192 has a size of two digits, a name of 100 one of one. One more is refused.
static_assert(is_a_constant<[] { return long_names<1>(text(100, 'g').view(), phase_of_192.view()).calls(); }>);
static_assert(!is_a_constant<[] { return long_names<1>(text(101, 'g').view(), phase_of_192.view()).calls(); }>);
static_assert(is_a_constant<[] { return long_names<2>(text(101, 'g').view(), phase_of_192.view()).calls(); }>);
static_assert(long_names<cf::dyn>(text(999, 'g').view(), phase_of_192.view()).rows()[0].call().group().size() == 999);

// Nothing points into what a ledger was made of, and a copy not into its source.
static_assert([] {
  cf::ledger<cf::dyn> any, again;
  cf::ledger<2> two;
  {
    text name(60, 'n');
    cf::ledger<cf::dyn> source = long_names<cf::dyn>(name.view(), name.view());
    cf::ledger<2> const in_place = long_names<2>(name.view(), name.view());
    any = source;
    again = std::move(source);
    two = in_place;
    name = text(60, '?');
  }
  text const name(60, 'n');
  auto const holds = [&](auto const& l) { return l.rows().size() == 1 && l.rows()[0].call().group() == name.view(); };
  return holds(any) && holds(again) && holds(two) && any == two && again == two;
}());

// Rows that were written down, as a ledger again; its names are its own.
static_assert([] {
  text name(30, 'n');
  cf::ledger_row const rows[] = {{{cf::c10d::send, name.view(), 2, "a", cf::u8, {1, 1, 1}}, 3}, {barrier, 0}};
  cf::ledger<3> const read{std::span<cf::ledger_row const>(rows)};
  cf::ledger<cf::dyn> const any{std::span<cf::ledger_row const>(rows)};
  name = text(30, '?');
  return read == any && read.rows().size() == 2 && read.rows()[0].call().group() == text(30, 'n').view() && read.calls() == 3 &&
         read.rows()[1].call() == barrier;
}());

// --- parts by rank --------------------------------------------------------------------------------------------------------------------

constexpr std::size_t one_three[] = {1, 3}, three_one[] = {3, 1}, halves[] = {2, 2};
constexpr std::size_t over_100[100] = {1}, others_over_100[100] = {2};
constexpr cf::call_record exchange(cf::bytes_by_rank input, cf::bytes_by_rank output = {}, std::size_t ranks = 2) {
  return cf::call_record({.op = cf::c10d_functional::all_to_all_single_t::name,
                          .kind = cf::collective_kind::all_to_all,
                          .group = "ep",
                          .group_size = ranks,
                          .dtype = cf::u8,
                          .bytes = {4, 4, 4}},
                         "", {input, output});
}

// Calls that differ in nothing but their parts are different rows, and those with the same parts one. Equal parts are none.
template <std::size_t Rows>
constexpr cf::ledger<Rows> exchanges() {
  cf::detail::open_ledger open(cf::detail::parts_room(Rows));
  open.add(exchange({one_three, 2}), 1);
  open.add(exchange({three_one, 2}), 2);
  open.add(exchange({one_three, 2}), 3);
  open.add(exchange({}, {one_three, 2}), 4);
  open.add(exchange({}), 5);
  open.add(exchange({halves, 2}, {halves, 2}), 6);
  return cf::ledger<Rows>(open);
}
constexpr auto parted = exchanges<4>();
static_assert(parted.rows().size() == 4 && parted == exchanges<cf::dyn>());
static_assert(parted.rows()[0].calls() == 4 && parted.rows()[0].call() == exchange({one_three, 2}));
static_assert(parted.rows()[1].calls() == 2 && parted.rows()[1].call().input_parts() == cf::bytes_by_rank(three_one, 2));
static_assert(parted.rows()[2].call().output_parts() == cf::bytes_by_rank(one_three, 2) && parted.rows()[2].call().input_parts().empty());
static_assert(parted.rows()[3].calls() == 11 && parted.rows()[3].call().parts() == cf::parts_state::even);
static_assert(parted.slice([](cf::call_record const& c) { return c.parts() == cf::parts_state::kept; }).calls() == 10);
static_assert(parted.slice({}) == parted && parted.message_bytes() == 84);

// A ledger of one row has room for 28 numbers: those of a call over 100 ranks are not kept, and the record says so. Calls that are
// otherwise equal are one row then; smaller parts that come later are still kept.
template <std::size_t Rows>
constexpr cf::ledger<Rows> large_exchanges() {
  cf::detail::open_ledger open(cf::detail::parts_room(Rows));
  open.add(exchange({over_100, 100}, {}, 100), 1);
  open.add(exchange({others_over_100, 100}, {}, 100), 1);
  open.add(exchange({one_three, 2}), 1);
  open.add(exchange({}, {}, 100), 1);
  return cf::ledger<Rows>(open);
}
constexpr auto lost = large_exchanges<3>();
static_assert(lost.rows().size() == 3 && lost.calls() == 4 && lost.rows()[0].calls() == 2);
static_assert(lost.rows()[0].call().parts() == cf::parts_state::not_kept && lost.rows()[0].call().input_parts().empty());
static_assert(lost.rows()[1].call().parts() == cf::parts_state::kept && lost.rows()[2].call().parts() == cf::parts_state::even);
static_assert(large_exchanges<cf::dyn>().rows().size() == 4 && large_exchanges<100>() == large_exchanges<cf::dyn>());
static_assert(large_exchanges<100>() != lost && large_exchanges<cf::dyn>().rows()[1].call().input_parts()[0] == 2);
// The 28 numbers are index 0, how many follow, how many of them are of the input, and 25 parts.
template <std::size_t Ranks>
constexpr cf::parts_state in_one_row() {
  cf::detail::open_ledger open(cf::detail::parts_room(1));
  open.add(exchange({over_100, Ranks}, {}, Ranks), 1);
  return cf::ledger<1>(open).rows()[0].call().parts();
}
static_assert(in_one_row<25>() == cf::parts_state::kept && in_one_row<26>() == cf::parts_state::not_kept);
// Read again, what was not kept is still not, and what fits is.
static_assert([] {
  cf::ledger_row const rows[] = {{lost.rows()[0].call(), 2}, {exchange({over_100, 100}, {}, 100), 1}, {exchange({one_three, 2}), 1}};
  cf::ledger<3> const read{std::span<cf::ledger_row const>(rows)};
  return read.rows()[0] == lost.rows()[0] && read.rows()[1].call() == lost.rows()[0].call() && read.rows()[2] == lost.rows()[1];
}());

// Roots and peers tell rows apart.
static_assert([] {
  cf::detail::open_ledger open;
  cf::call_summary call{
      .op = cf::c10d_functional::broadcast_t::name, .kind = cf::collective_kind::broadcast, .group = "dp", .group_size = 4};
  for (std::size_t root : {0u, 1u, 0u}) {
    call.root = root;
    open.add(cf::call_record(call, ""), 1);
  }
  cf::ledger<2> const all(open);
  return all.rows()[0].calls() == 2 && all.rows()[0].call().root() == 0 && all.rows()[1].call().root() == 1 && !all.rows()[1].call().peer();
}());

}  // namespace
