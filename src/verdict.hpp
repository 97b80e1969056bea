// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/verdict.hpp
/// The answer of the commands that judge reports.

#include <string>

namespace commfold::io {

enum class wording { text, markdown };

struct verdict {
  bool kept = true;   ///< the budget or the limit: the exit status is 0, otherwise 1
  std::string words;  ///< what is printed
};

}  // namespace commfold::io
