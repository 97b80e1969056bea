// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/share.hpp
/// A part of a whole in percent, as the reports print it.

#include <cstddef>
#include <string>

namespace commfold::detail {

/// "12.3 %", to the nearest tenth; "-" of nothing.
template <class Text>
Text share_of(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  // In thousandths through long double: sizes above 2^54 would overflow in integers, and a tenth of a percent needs ten bits.
  auto const tenths = static_cast<std::size_t>(static_cast<long double>(part) * 1000 / static_cast<long double>(whole) + 0.5L);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace commfold::detail
