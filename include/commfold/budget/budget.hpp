// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget/budget.hpp
/// How much a step may communicate: `budget`.

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_filter.hpp>

#include <cstddef>

namespace commfold {

/// A number of calls is at least one unless said otherwise, so that a budget over a step that recorded nothing is broken and not kept.
struct call_range {
  std::size_t at_least = 1;
  std::size_t at_most = dyn;
};

/// `{.of = {.op = cf::c10d::allreduce_, .group = "tp"}, .calls = cf::no_calls}`: there is no such call.
inline constexpr call_range no_calls{.at_least = 0, .at_most = 0};

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
};

/// The number that a range of a budget limits.
enum class budget_measure { calls, message_bytes, input_bytes, output_bytes, message_size };

}  // namespace commfold
