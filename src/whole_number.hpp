// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/whole_number.hpp
/// A number of things, as people and programs write it.

#include <cstddef>
#include <string_view>

namespace commfold::io {

/// What decimal digits say. Zeros in front mean nothing, so that 010 is ten; neither do zeros behind a point, which programs that know
/// no integers write: 64.0.
struct whole_number {
  explicit whole_number(std::string_view text);

  bool is_one = false;       ///< digits, behind a minus sign or not
  bool is_positive = false;  ///< above 0
  bool fits = false;         ///< `value` holds it
  std::size_t value = 0;
};

}  // namespace commfold::io
