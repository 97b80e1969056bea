// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/traffic_totals.hpp
/// Calls and bytes, added up: `traffic_totals`.

#include <commfold/op/call_bytes.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>

namespace commfold {

/// Calls and bytes, added up. All per rank.
struct traffic_totals {
  std::size_t calls = 0;
  std::size_t input_bytes = 0;
  std::size_t output_bytes = 0;
  std::size_t message_bytes = 0;

  friend constexpr bool operator==(traffic_totals const&, traffic_totals const&) = default;

  /// `overflow_error` where a sum does not fit.
  [[nodiscard]] friend constexpr traffic_totals operator+(traffic_totals const& a, traffic_totals const& b) {
    auto const plus = [](std::size_t x, std::size_t y) { return detail::checked_add(x, y, "commfold::ledger::total"); };
    return {plus(a.calls, b.calls), plus(a.input_bytes, b.input_bytes), plus(a.output_bytes, b.output_bytes),
            plus(a.message_bytes, b.message_bytes)};
  }
};

namespace detail {

/// The totals of so many equal calls; `overflow_error` where they do not fit.
constexpr traffic_totals totals_of(std::size_t calls, call_bytes const& each) {
  auto const all = [calls](std::size_t of_one) { return checked_multiply(calls, of_one, "commfold::ledger_row::totals"); };
  return {calls, all(each.input_bytes), all(each.output_bytes), all(each.message_bytes)};
}

}  // namespace detail
}  // namespace commfold
