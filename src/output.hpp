// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/output.hpp
/// Where the tool writes: a file as a whole or not at all, or the standard output.

#include <stdexcept>
#include <string>
#include <string_view>

namespace commfold::io {

/// What was to be written and could not be: one line that names the file.
struct output_error : std::runtime_error {
  using runtime_error::runtime_error;
};

/// Writes a file whole. The text goes to a file beside it, which takes its name once it is complete: whoever looks sees what was there
/// before, or all of the text. What is no regular file, as a pipe or `/dev/null`, is written as it is.
void write_file(std::string const& path, std::string_view text);

/// `output_error` where the text does not arrive, as on a full disk.
void write_standard_output(std::string_view text);

/// The text with a backslash before each character that Markdown, or a cell of its tables, would read as its own.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

}  // namespace commfold::io
