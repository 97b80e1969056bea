// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/search_report.hpp
/// Draws the meshes that were found: `commfold plan --search`.

#include <src/plan/search.hpp>

#include <string>
#include <string_view>

namespace commfold::io {

/// A table in text, Markdown or CSV, or all numbers in JSON. `input_error` for a format that is none of these.
[[nodiscard]] std::string search_report(search_result const& found, search_options const& with, std::string_view format,
                                        std::string_view title);

}  // namespace commfold::io
