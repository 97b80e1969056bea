// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/logged_call.hpp
/// What a report asks of a call. The entries of a `call_log` are calls; those of a `path_log` hold a call and the path of its tensor.

#include <commfold/trace/ledger.hpp>

#include <string_view>

namespace commfold::detail {

/// True of the entries of a `path_log`.
template <class Entry>
concept has_path = requires(Entry const& entry) { entry.path; };

template <class Entry>
constexpr auto const& call_of(Entry const& entry) noexcept {
  if constexpr (has_path<Entry>)
    return entry.call;
  else
    return entry;
}

/// Empty where the log keeps no paths.
template <class Entry>
constexpr std::string_view path_of(Entry const& entry) noexcept {
  if constexpr (has_path<Entry>)
    return entry.path;
  else
    return {};
}

/// Whether a call of a log has a path. A log that was read from a report may keep paths and have none.
template <class Log>
constexpr bool shows_paths(Log const& log) noexcept {
  for (auto const& entry : log.calls())
    if (!path_of(entry).empty()) return true;
  return false;
}

/// The bytes of one call, named as those of totals are.
template <class Record>
constexpr traffic_totals totals_of_call(Record const& call) noexcept {
  auto const [input, output, message] = call.bytes();
  return {1, input, output, message};
}

}  // namespace commfold::detail
