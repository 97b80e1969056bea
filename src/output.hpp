// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/output.hpp
/// Writes a file, as a whole or not at all, or the standard output.

#include <stdexcept>
#include <string>
#include <string_view>

namespace commfold::io {

/// A file could not be written. The message is one line that names it.
struct output_error : std::runtime_error {
  using runtime_error::runtime_error;
};

/// Writes a file as a whole: the text goes to a new file beside it, which replaces it once it is complete, so that readers see the old
/// text or all of the new one. What is no regular file, like a pipe or `/dev/null`, is written directly.
void write_file(std::string const& path, std::string_view text);

/// `output_error` where not all of the text could be written, as on a full disk.
void write_standard_output(std::string_view text);

}  // namespace commfold::io
