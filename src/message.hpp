// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/message.hpp
/// How errors are told: one short line, whatever a file or an argument holds.

#include <commfold/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold::io {

/// The longest error of this library, in bytes. With the command before it the tool's line stays below 200 characters.
constexpr std::size_t longest_message = 180;

/// A text within one line, of at most so many bytes: what a terminal would obey is shown, and what is too long ends in "...".
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most = 40);

/// How messages name a file: `<stdin>` for `-`.
[[nodiscard]] std::string file_name(std::string_view path);

/// "FILE:3:14: what", where `place` is ":3:14" or empty. Of a long message the end is left out; of a long path, where the message would
/// not fit, the beginning.
[[nodiscard]] std::string message_about(std::string_view path, std::string_view place, std::string_view what);

/// What the library says, without the `commfold::verb: ` that it opens with.
[[nodiscard]] std::string reason_of(error const& error);

}  // namespace commfold::io
