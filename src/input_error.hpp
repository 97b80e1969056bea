// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/input_error.hpp
/// The error of a wrong file or a wrong argument.

#include <commfold/error.hpp>

namespace commfold::io {

/// A file that cannot be read or says something wrong, or a wrong argument. The message names it.
struct input_error : invalid_argument {
  using invalid_argument::invalid_argument;
};

}  // namespace commfold::io
