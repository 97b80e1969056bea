// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/report_file.hpp
/// Reads a JSON report back into a ledger.

#include <src/input_error.hpp>

#include <commfold/trace/ledger.hpp>
#include <commfold/trace/path_log.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace commfold::io {

struct report_contents {
  ledger<dyn> traffic;
  std::optional<path_log> calls;  ///< every call in order, where the report lists them; the path of a call may be empty
};

/// What `json_report` wrote, with the calls where it was given a log. Refuses what `read_report` refuses.
[[nodiscard]] report_contents read_whole_report(std::string const& path);
[[nodiscard]] report_contents read_whole_report(std::string path, std::string_view text);

/// The ledger that `json_report` wrote: `read_report(file) == traffic`. `input_error`, "FILE:LINE:COLUMN: reason" in one line, for whatever
/// docs/reports.md does not allow: another version, a missing, unknown or repeated key, a number that is no exact integer of 64 bits, an
/// unknown operator or dtype, a row of no calls, two rows of the same calls, totals that are not the sum of the rows or of the calls, and
/// rows that count other calls than are listed.
[[nodiscard]] ledger<dyn> read_report(std::string const& path);

/// A report that is in memory already. Messages name the path.
[[nodiscard]] ledger<dyn> read_report(std::string path, std::string_view text);

}  // namespace commfold::io
