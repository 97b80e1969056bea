// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/budget.hpp
/// How much a step may communicate: `budget`.

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_filter.hpp>

#include <cstddef>
#include <limits>
#include <string_view>

namespace commfold {

/// A number of calls is at least one unless said otherwise, so that a budget over a step that recorded nothing is broken and not kept.
struct call_range {
  std::size_t at_least = 1;
  std::size_t at_most = dyn;
};

/// `{.of = {.op = cf::c10d::allreduce_, .group = "tp"}, .calls = cf::no_calls}`: there is no such call.
inline constexpr call_range no_calls{.at_least = 0, .at_most = 0};

/// Bytes between domains of one kind: `{.domain = "node", .at_most = 2_GB}`.
struct domain_range {
  std::string_view domain = "node";
  std::size_t at_least = 0;
  std::size_t at_most = dyn;
};

/// Both ends belong to the range.
struct time_range {
  double at_least = 0;
  double at_most = std::numeric_limits<double>::infinity();
};

/// Floors and ceilings, per rank, over the calls that a filter means, which are all unless said otherwise:
/// `cf::budget{.message_bytes = {.at_least = 1_GB, .at_most = 450_GB}, .calls = {.at_most = 3000}}`. What is not named is not limited.
/// Several rules are an array of these: `constexpr cf::budget limits[] = {{…}, {.of = {.group = "tp"}, …}};`.
struct budget {
  call_filter of{};            ///< the calls that the ranges are over
  byte_range message_bytes{};  ///< of all these calls together
  byte_range input_bytes{};    ///< of all these calls together
  byte_range output_bytes{};   ///< of all these calls together
  call_range calls{};          ///< the number of these calls
  byte_range message_size{};   ///< the message bytes of each of them by itself

  // Of a step on the wire (`on_wire`). A ledger alone does not know these, and a rule over them is refused there.
  byte_range sent_bytes{};      ///< all that the rank which sends most puts on the wire
  byte_range received_bytes{};  ///< all that the rank which receives most takes from it
  domain_range between{};       ///< all that leaves a domain for another one of its kind, summed over all ranks
  time_range microseconds{};    ///< the time of these calls, one after the other
};

/// The number that a range of a budget limits.
enum class budget_measure {
  calls,
  message_bytes,
  input_bytes,
  output_bytes,
  message_size,
  sent_bytes,
  received_bytes,
  between,
  nanoseconds  ///< of a range of microseconds, so that numbers are whole
};

}  // namespace commfold
