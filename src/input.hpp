// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/input.hpp
/// Reads a file, or the standard input, as a whole.

#include <string>

namespace commfold::io {

/// The contents of a file; of the standard input for `-`. `input_error` with the file's name where it cannot be read as a whole, or holds
/// a GiB or more, which a device without an end does, too.
[[nodiscard]] std::string contents_of(std::string const& path);

}  // namespace commfold::io
