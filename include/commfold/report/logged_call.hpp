// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/logged_call.hpp
/// What a report asks of an entry of a log, be it a `call_log` or a `path_log`.

#include <commfold/trace/call_record.hpp>

#include <string_view>

namespace commfold::detail {

/// An entry that is more than the call says where the call's tensor stands.
template <class Entry>
concept has_path = requires(Entry const& entry) { entry.path; };

template <class Entry>
constexpr call_record const& call_of(Entry const& entry) noexcept {
  if constexpr (has_path<Entry>)
    return entry.call;
  else
    return entry;
}

/// Empty where there is none.
template <class Entry>
constexpr std::string_view path_of(Entry const& entry) noexcept {
  if constexpr (has_path<Entry>)
    return entry.path;
  else
    return {};
}

}  // namespace commfold::detail
