// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/trace.hpp>

#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

namespace {
namespace cf = commfold;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::tensor<cf::f32, 8> x;  // 32 B

// A ledger is a constant, and its type says nothing but its room.
constexpr auto traffic = cf::trace([](auto& comm) { comm.all_gather(x, dp); });
static_assert(std::is_same_v<decltype(traffic), cf::ledger<64> const>);
static_assert(traffic.calls() == 1 && traffic.input_bytes() == 32 && traffic.message_bytes() == 128);
static_assert(std::is_same_v<decltype(cf::trace<200>([](auto&) {})), cf::ledger<200>>);
static_assert(std::is_same_v<decltype(cf::trace<cf::dyn>([](auto&) {})), cf::ledger<cf::dyn>>);

// Nothing recorded.
static_assert(cf::trace([](auto&) {}).rows().empty() && cf::trace([](auto&) {}).calls() == 0);

// The arguments are handed on as they came: by reference, and moved from where they are temporaries.
constexpr int hand_on() {
  int seen = 0;
  static_cast<void>(cf::trace([](auto&, int& n, int const& m, int&& k) { n = m + k; }, seen, 2, 3));
  return seen;
}
static_assert(hand_on() == 5);

// A step may return what it likes, be a function, and be called again: nothing is kept between traces.
constexpr int counted(cf::recorder<cf::detail::open_ledger>& comm) {
  comm.all_reduce(x, cf::sum, dp);
  return 1;
}
static_assert(cf::trace(counted) == cf::trace(counted) && cf::trace(counted).calls() == 1);

// A trace inside a trace is its own: the outer one does not see its calls, its phases or its repeats.
constexpr auto inner = [](auto& comm) { comm.phase("inner", [&] { comm.all_reduce(x, cf::sum, dp); }); };
constexpr auto outer = [](auto& comm) {
  comm.phase("outer", [&] {
    comm.repeat(3, [&] {
      comm.all_gather(x, dp);
      if (cf::trace(inner).calls() == 1) comm.barrier(dp);
    });
  });
};
constexpr auto nested = cf::trace(outer);
static_assert(nested.rows().size() == 2 && nested.calls() == 6 && nested.message_bytes() == 384);
static_assert(nested.rows()[0].call().phase() == "outer" && cf::trace(inner).rows()[0].call().phase() == "inner");

// Long names: a group of 64 characters, and phases that nest to 192, in a ledger of one row.
#define TEN "0123456789"
#define SIXTY TEN TEN TEN TEN TEN TEN
constexpr cf::process_group<SIXTY "0123", 4> long_group;
constexpr auto long_phases = [](auto& comm) {
  comm.phase(SIXTY TEN TEN, [&] {                                                                  // 80
    comm.phase(SIXTY TEN TEN, [&] { comm.phase(SIXTY TEN, [&] { comm.barrier(long_group); }); });  // + 1 + 80 + 1 + 70 = 232
    comm.phase(SIXTY TEN "01234", [&] { comm.phase(SIXTY "0123", [&] { comm.barrier(long_group); }); });
  });
};
constexpr auto with_long_names = cf::trace<10>(long_phases);
static_assert(with_long_names.rows()[0].call().group() == SIXTY "0123" && with_long_names.rows()[0].call().group().size() == 64);
static_assert(with_long_names.rows()[0].call().phase() == SIXTY TEN TEN "/" SIXTY TEN TEN "/" SIXTY TEN);
static_assert(with_long_names.rows()[1].call().phase() == SIXTY TEN TEN "/" SIXTY TEN "01234/" SIXTY "0123");
constexpr auto phase_of_192 = cf::trace<1>([](auto& comm) { comm.phase(SIXTY SIXTY SIXTY TEN "01", [&] { comm.barrier(long_group); }); });
// (Its outer phases take no room: none of them has a call of its own.)
static_assert(phase_of_192.rows()[0].call().phase().size() == 192 && phase_of_192.rows()[0].call().group().size() == 64);

// Room for exactly as many kinds of call as there are, and one less.
constexpr auto three_kinds = [](auto& comm) {
  comm.all_gather(std::tuple<cf::tensor<cf::f32, 1>, cf::tensor<cf::f32, 2>, cf::tensor<cf::f32, 3>>{}, dp);
};
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return cf::trace<3>(three_kinds).calls(); }> &&
              !is_a_constant<[] { return cf::trace<2>(three_kinds).calls(); }>);

// Parts by rank for which there is no room are not kept; the call is counted all the same.
constexpr cf::process_group<"ep", 40> ep;
constexpr std::array<std::size_t, 40> all_from_one{8};
constexpr auto uneven = cf::trace<1>([](auto& comm) { comm.all_to_all(x, all_from_one, all_from_one, ep); });
static_assert(uneven.calls() == 1 && uneven.rows()[0].call().parts() == cf::parts_state::not_kept);
static_assert(cf::trace<8>([](auto& comm) { comm.all_to_all(x, all_from_one, all_from_one, ep); }).rows()[0].call().parts() ==
              cf::parts_state::not_kept);
static_assert(cf::trace<16>([](auto& comm) { comm.all_to_all(x, all_from_one, all_from_one, ep); }).rows()[0].call().parts() ==
              cf::parts_state::kept);

}  // namespace
