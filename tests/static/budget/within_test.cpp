// SPDX-License-Identifier: BSL-1.0
// What `within`, `check` and the macro share. What a budget means is in budget_test.cpp.
#include <commfold/budget/within.hpp>

#include <commfold/op/table.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::budget_measure;

template <std::size_t... Times>
constexpr cf::ledger<> step = [] {
  cf::detail::open_ledger open;
  std::size_t size = 0;
  ((++size, open.add({cf::c10d::send, "pp", 2, "", cf::u8, {size, 10 * size, 100 * size}}, Times)), ...);
  open.add({cf::c10d::send, "tp", 2, "", cf::u8, {7000, 7000, 7000}}, 1);
  return cf::ledger<>(open);
}();

/// What was told of the ranges of one budget, in order.
struct told {
  struct one {
    budget_measure what;
    std::size_t at_least, at_most, least, most;
    friend constexpr bool operator==(one const&, one const&) = default;
  };
  one all[8] = {};
  std::size_t size = 0;
};
template <class Ledger>
constexpr told ranges_of(Ledger const& traffic, cf::budget const& limit) {
  told heard;
  cf::detail::for_each_range(traffic, limit, [&](budget_measure what, std::size_t at_least, std::size_t at_most, auto const& found) {
    heard.all[heard.size++] = {what, at_least, at_most, found.least, found.most};
  });
  return heard;
}

// Each range with its own limits and its own number, of the calls that are meant: 2 x (1, 10, 100) and 3 x (2, 20, 200).
constexpr told several = ranges_of(step<2, 3>, {.of = {.group = "pp"},
                                                .message_bytes = {1, 2},
                                                .input_bytes = {3, 4},
                                                .output_bytes = {5, 6},
                                                .calls = {7, 8},
                                                .message_size = {9, 10}});
static_assert(several.size == 5);
static_assert(several.all[0] == told::one{budget_measure::calls, 7, 8, 5, 5});
static_assert(several.all[1] == told::one{budget_measure::message_bytes, 1, 2, 800, 800});
static_assert(several.all[2] == told::one{budget_measure::input_bytes, 3, 4, 8, 8});
static_assert(several.all[3] == told::one{budget_measure::output_bytes, 5, 6, 80, 80});
static_assert(several.all[4] == told::one{budget_measure::message_size, 9, 10, 100, 200});

// Where no call is meant, no call has a wrong size: what is found is the floor, in the range.
constexpr told none = ranges_of(step<2>, {.of = {.group = "dp"}, .message_size = {9, 10}});
static_assert(none.size == 5 && none.all[4] == told::one{budget_measure::message_size, 9, 10, 9, 9} && none.all[0].most == 0);

// All ranges are looked at: one that holds no number is refused behind a broken one, in the same budget and in a later one.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
template <std::size_t Floor>
constexpr bool kept() {
  cf::budget const limits[] = {{.calls = {.at_most = 1}}, {.message_size = {Floor, 10}}};
  return cf::within(step<2>, limits);
}
static_assert(is_a_constant<kept<10>> && !is_a_constant<kept<11>>);

// A sum that does not fit is an error, too, and not a small number.
static_assert(is_a_constant<[] { return cf::within(step<cf::dyn / 100>, cf::budget{.of = {.group = "pp"}}); }>);
static_assert(!is_a_constant<[] { return cf::within(step<cf::dyn / 100 + 1>, cf::budget{.of = {.group = "pp"}}); }>);

// The words of messages.
static_assert(std::string_view(cf::detail::words_for(budget_measure::calls)) == "calls");
static_assert(std::string_view(cf::detail::words_for(budget_measure::message_size)) == "message bytes of one call");

}  // namespace
