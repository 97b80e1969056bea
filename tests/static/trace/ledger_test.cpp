// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/ledger.hpp>

#include <commfold/op/table.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

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

}  // namespace
