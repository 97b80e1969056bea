// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/input_error.hpp
/// The error of a wrong file or a wrong argument.

#include <src/message.hpp>

#include <commfold/error.hpp>

#include <string_view>

namespace commfold::io {

/// A file that cannot be read or says something wrong, or a wrong argument. The message names it, in one line.
struct input_error : invalid_argument {
  explicit input_error(std::string_view what) : invalid_argument(shortened(what, longest_message)) {}
  /// "FILE: what", and "FILE:3:14: what" where a place is given.
  input_error(std::string_view path, std::string_view what, std::string_view place = {})
      : invalid_argument(message_about(path, place, what)) {}
};

}  // namespace commfold::io
