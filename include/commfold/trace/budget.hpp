// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/budget.hpp
/// How much a step may communicate, and whether it does: `budget`, `within`.

#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <string>

namespace commfold {

/// Both ends belong to the range.
struct byte_range {
  std::size_t at_least = 0;
  std::size_t at_most = dyn;
};

/// A number of calls is at least one unless said otherwise, so that a budget over a step that recorded nothing is broken and not kept.
struct call_range {
  std::size_t at_least = 1;
  std::size_t at_most = dyn;
};

/// Floors and ceilings, per rank, over a whole ledger:
/// `cf::budget{.message_bytes = {.at_least = 1_GB, .at_most = 450_GB}, .calls = {.at_most = 3000}}`. What is not named is not limited.
struct budget {
  byte_range message_bytes{};
  byte_range input_bytes{};
  byte_range output_bytes{};
  call_range calls{};
};

namespace detail {

template <class Range>
constexpr bool holds(Range const& range, std::size_t n, char const* what) {
  if (range.at_least > range.at_most)
    fail<invalid_argument>("commfold::within: no number of " + std::string(what) + " is at least " + std::to_string(range.at_least) +
                           " and at most " + std::to_string(range.at_most));
  return range.at_least <= n && n <= range.at_most;
}

struct within_fn {
  template <std::size_t Rows>
  [[nodiscard]] constexpr bool operator()(ledger<Rows> const& traffic, budget const& limit) const {
    traffic_totals const spent = traffic.total();
    bool kept = holds(limit.calls, spent.calls, "calls");
    kept = holds(limit.message_bytes, spent.message_bytes, "message bytes") && kept;
    kept = holds(limit.input_bytes, spent.input_bytes, "input bytes") && kept;
    kept = holds(limit.output_bytes, spent.output_bytes, "output bytes") && kept;
    return kept;
  }
};

}  // namespace detail

/// within(ledger, budget): whether every total lies in its range. A range whose floor is above its ceiling is an `invalid_argument`.
inline constexpr detail::within_fn within{};

}  // namespace commfold
