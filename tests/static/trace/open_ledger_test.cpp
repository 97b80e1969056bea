// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/open_ledger.hpp>

#include <commfold/op/rows/p2p.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::detail::open_ledger;

constexpr cf::call_summary call(std::size_t bytes, std::string_view group = "pp") {
  return {cf::c10d::send_t::name, cf::collective_kind::send, group, 2, cf::u8, {bytes, 0, bytes}, {}, {}};
}

// Equal calls are one row, wherever they come; another phase is another call.
static_assert([] {
  open_ledger open;
  auto const forward = open.index_of("forward");
  open.write(2, call(1), 0, {});
  open.write(3, call(1), forward, {});
  open.write(5, call(2), 0, {});
  open.write(7, call(1), 0, {});
  open.add(cf::call_record(call(1), "forward"), 11);
  auto const& rows = open.rows();
  return rows.size() == 3 && rows[0].calls == 9 && rows[1].calls == 14 && rows[2].calls == 5 && rows[1].call.phase == forward &&
         open.store().texts().names != nullptr;
}());

// Each member of a stored call tells calls apart, those that no hash sees too.
static_assert([] {
  cf::call_summary const one = call(8);
  cf::call_summary others[] = {one, one, one, one, one, one, one, one, one, one};
  others[0].op = "c10d::sent";
  others[1].kind = cf::collective_kind::recv;
  others[2].group = "tp";
  others[3].group_size = 3;
  others[4].dtype = cf::i8;
  others[5].dtype.reset();
  others[6].bytes.output_bytes = 1;
  others[7].root = 0;
  others[8].peer = 0;
  others[9].peer = 1;
  open_ledger open;
  open.write(1, one, 0, {});
  for (int round = 0; round != 2; ++round)
    for (cf::call_summary const& other : others) open.write(1, other, 0, {});
  if (open.rows().size() != 11 || open.rows()[0].calls != 1) return false;
  for (std::size_t i = 1; i != 11; ++i)
    if (open.rows()[i].calls != 2) return false;
  return true;
}());

// Parts do, as long as there is room for them: two numbers, how many there are on one side and in all, and index 0.
constexpr std::size_t one_three[] = {1, 3}, three_one[] = {3, 1};
constexpr std::size_t rows_with_parts(std::size_t room) {
  open_ledger open(room);
  open.write(1, call(4), 0, {{one_three, 2}, {}});
  open.write(1, call(4), 0, {{three_one, 2}, {}});
  open.write(1, call(4), 0, {{}, {one_three, 2}});
  return open.rows().size();
}
static_assert(rows_with_parts(cf::dyn) == 3 && rows_with_parts(13) == 3 && rows_with_parts(12) == 3 && rows_with_parts(0) == 1);

// A number of calls that does not fit is no constant.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
template <std::size_t Times>
constexpr std::size_t counted() {
  open_ledger open;
  open.write(cf::dyn - 1, call(0), 0, {});
  open.write(Times, call(0), 0, {});
  return open.rows()[0].calls;
}
static_assert(counted<1>() == cf::dyn && !is_a_constant<counted<2>>);

// A row's totals are its calls times the bytes of one.
static_assert([] {
  open_ledger open;
  cf::call_summary one = call(3);
  one.bytes = {3, 5, 7};
  open.write(11, one, 0, {});
  return totals_of(open.rows()[0]) == cf::traffic_totals{11, 33, 55, 77};
}());
static_assert(!open_ledger::keeps_order);

}  // namespace
