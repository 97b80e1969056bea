// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/microseconds.hpp
/// A time as reports write it.

#include <array>
#include <cstddef>
#include <cstdio>
#include <string>

namespace commfold::io {

/// Microseconds with three digits behind the point: "12.345".
inline std::string microseconds_of(double time) {
  std::array<char, 400> text{};  // the largest double has 309 digits before the point
  auto const size = std::snprintf(text.data(), text.size(), "%.3f", time);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace commfold::io
