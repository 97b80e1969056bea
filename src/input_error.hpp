// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/input_error.hpp
/// What is wrong with what the tool was given.

#include <commfold/error.hpp>

namespace commfold::io {

/// What is wrong with a file or with what it says: one line that names both.
struct input_error : invalid_argument {
  using invalid_argument::invalid_argument;
};

}  // namespace commfold::io
