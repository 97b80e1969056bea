// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/call_bytes.hpp
/// The three sizes of one call.

#include <cstddef>

namespace commfold {

/// The bytes of one call, on one rank. All are payload, numel x itemsize: what a view shows, and not the storage behind it.
struct call_bytes {
  std::size_t input_bytes = 0;    ///< what this rank hands in
  std::size_t output_bytes = 0;   ///< what this rank gets out
  std::size_t message_bytes = 0;  ///< the S of nccl-tests: N for all_reduce, broadcast, reduce, send, recv; the whole vector for the others

  friend constexpr bool operator==(call_bytes const&, call_bytes const&) = default;
};

}  // namespace commfold
