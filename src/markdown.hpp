// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/markdown.hpp
/// Names in Markdown.

#include <commfold/report/markdown_report.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

/// As a code span, in which nothing is markup, within one line.
inline std::string code(std::string_view name) { return commfold::detail::code_span<std::string>(name, false); }

/// As a code span in a cell of a table, which a bar in the name would end.
inline std::string code_in_table(std::string_view name) { return commfold::detail::code_span<std::string>(name); }

}  // namespace commfold::io
