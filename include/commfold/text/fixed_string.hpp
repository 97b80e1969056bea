// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text/fixed_string.hpp
/// A string that can be a template argument: the name of a group or of a mesh's axis.

#include <cstddef>
#include <string_view>

namespace commfold {

/// `process_group<"dp", 64>`: the literal arrives as one of these.
template <std::size_t N>
struct fixed_string {
  char data[N] = {};

  consteval fixed_string(char const (&literal)[N]) {
    for (std::size_t i = 0; i < N; ++i) data[i] = literal[i];
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {data, N - 1}; }
};

}  // namespace commfold
