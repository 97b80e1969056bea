// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/report_file.hpp
/// Reads a JSON report back into a ledger.

#include <src/input_error.hpp>

#include <commfold/trace/ledger.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

/// The ledger that `json_report` wrote: `read_report(file) == traffic`. `input_error`, "FILE:LINE:COLUMN: reason" in one line, for whatever
/// docs/reports.md does not allow: another version, a missing, unknown or repeated key, a number that is no exact integer of 64 bits, an
/// unknown operator or dtype, two rows of the same calls, totals that are not the sum of the rows or of the calls.
[[nodiscard]] ledger<dyn> read_report(std::string const& path);

/// A report that is in memory already. Messages name the path.
[[nodiscard]] ledger<dyn> read_report(std::string path, std::string_view text);

}  // namespace commfold::io
