// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/wire_report.hpp
/// Draws a step on the wire: `commfold wire`.

#include <src/wire_setup.hpp>

#include <commfold/size/size_constant.hpp>
#include <commfold/trace/ledger.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

enum class wire_format { text, markdown, json, csv };

/// Text and Markdown: tables of the bytes of ranks, of link classes, and of operators; the time where it is known; the matrix rank by rank
/// of up to 16 ranks. JSON: all numbers. CSV: the matrix, `from,to,sent_bytes`, a line for each pair that exchanges something. The title,
/// mostly the name of a file, is of text and Markdown. Refused is what `answer_on_wire` refuses.
[[nodiscard]] std::string wire_report(ledger<dyn> const& traffic, wire_setup const& by, wire_format as, std::string_view title);

}  // namespace commfold::io
