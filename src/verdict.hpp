// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/verdict.hpp
/// What a command that judges reports has to say.

#include <string>

namespace commfold::io {

enum class wording { text, markdown };

/// What is printed, and whether all is well: the exit status is 0 or 1.
struct verdict {
  bool kept = true;
  std::string words;
};

}  // namespace commfold::io
