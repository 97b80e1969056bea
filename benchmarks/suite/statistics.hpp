// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/statistics.hpp
/// The least and the median of several runs of one program.

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace bench {

/// The least: the run that was disturbed least.
inline double minimum(std::vector<double> const& runs) {
  if (runs.empty()) throw std::invalid_argument("there is no minimum of no runs");
  return *std::min_element(runs.begin(), runs.end());
}

/// The median. Where it is far from the minimum, the machine was not idle.
inline double median(std::vector<double> runs) {
  if (runs.empty()) throw std::invalid_argument("there is no median of no runs");
  std::sort(runs.begin(), runs.end());
  std::size_t const half = runs.size() / 2;
  return runs.size() % 2 != 0 ? runs[half] : (runs[half - 1] + runs[half]) / 2;
}

}  // namespace bench
