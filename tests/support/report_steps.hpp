// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/report_steps.hpp
/// The steps whose reports the tests compare character by character.
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace reported {

namespace cf = commfold;

inline constexpr cf::process_group<"dp", 4> dp;
inline constexpr cf::process_group<"tp", 2> tp;

template <std::size_t Bytes>
using block = cf::tensor<cf::u8, Bytes>;

/// Two groups, nested phases, a call without bytes, and one size that is called twice: 2 x 1 000 B, 500 000 B and 298 000 B.
inline constexpr auto step = [](auto& comm) {
  comm.phase("forward", [&] {
    comm.repeat(2, [&] { comm.all_gather(block<250>{}, dp); });
    comm.all_gather(block<125'000>{}, dp);
  });
  comm.barrier(dp);
  comm.phase("backward", [&] { comm.phase("layer", [&] { comm.reduce_scatter(block<298'000>{}, cf::sum, tp); }); });
};

}  // namespace reported
