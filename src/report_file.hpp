// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/report_file.hpp
/// A JSON report, read again.

#include <src/input_error.hpp>

#include <commfold/trace/ledger.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

/// The ledger that `json_report` wrote: `read_report(file) == traffic`. `input_error`, "FILE:LINE:COLUMN: reason" in one line, for all that
/// docs/reports.md does not allow: another version, a key that is missing, unknown or twice there, a number that is no exact integer of 64
/// bits, an operator or dtype that the library does not know, two rows of one kind of call, totals that are not the sum of the rows or of
/// the calls.
[[nodiscard]] ledger<dyn> read_report(std::string const& path);

/// The same of a text that is there already; `path` is what complaints call it.
[[nodiscard]] ledger<dyn> read_report(std::string path, std::string_view text);

}  // namespace commfold::io
