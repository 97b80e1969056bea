// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/bus_bandwidth.hpp
/// The bus bandwidth of nccl-tests: the bandwidth of a call, times a factor that makes kinds and numbers of ranks comparable.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>

#include <cstddef>

namespace commfold::nccl {

/// An exact ratio of two whole numbers.
struct exact_ratio {
  std::size_t numerator;
  std::size_t denominator;
  constexpr bool operator==(exact_ratio const&) const = default;
  [[nodiscard]] constexpr double value() const noexcept { return static_cast<double>(numerator) / static_cast<double>(denominator); }
};

/// busbw = algbw * factor, of p ranks:
///
///     all_reduce                                                       2 (p - 1) / p
///     all_gather, reduce_scatter, all_to_all, gather, scatter          (p - 1) / p
///     broadcast, reduce, send, recv, send_recv                         1
///
/// With one rank, the first two are 0: nothing is on the bus. A barrier and a wait move no bytes, and p = 0 is no group: both are refused
/// as an `invalid_argument`. NVLS has no factor of its own, on purpose: its number is the bandwidth that a ring would need.
///
/// Source: nccl-tests 2.19.6, doc/PERFORMANCE.md and the `GetBw` of each of its tests (BSD-3-Clause), restated.
[[nodiscard]] constexpr exact_ratio bus_bandwidth_factor(collective_kind kind, std::size_t ranks) {
  constexpr char const* where = "commfold::nccl::bus_bandwidth_factor";
  if (ranks == 0) commfold::detail::fail<invalid_argument>(where, "{} ranks are no group", ranks);
  switch (kind) {
    case collective_kind::all_reduce:
      if (ranks - 1 > ~std::size_t{0} / 2) commfold::detail::fail<invalid_argument>(where, "{} ranks are too many", ranks);
      return {2 * (ranks - 1), ranks};
    case collective_kind::all_gather:
    case collective_kind::reduce_scatter:
    case collective_kind::all_to_all:
    case collective_kind::gather:
    case collective_kind::scatter:
      return {ranks - 1, ranks};
    case collective_kind::broadcast:
    case collective_kind::reduce:
    case collective_kind::send:
    case collective_kind::recv:
    case collective_kind::send_recv:
      return {1, 1};
    case collective_kind::barrier:
    case collective_kind::wait:
      break;
  }
  commfold::detail::fail<invalid_argument>(where, "{} moves no bytes and has no bus bandwidth", name(kind));
}

/// GB/s of a call: S / t, where S is the call's `message_bytes`. A time that is not above 0 is an `invalid_argument`.
[[nodiscard]] constexpr double algorithm_bandwidth(std::size_t message_bytes, double time_us) {
  if (!(time_us > 0))
    commfold::detail::fail<invalid_argument>("commfold::nccl::algorithm_bandwidth", "{} bytes in no time have no bandwidth", message_bytes);
  return static_cast<double>(message_bytes) / (1000 * time_us);
}

/// GB/s on the bus, as nccl-tests prints it: `algorithm_bandwidth` times `bus_bandwidth_factor`.
[[nodiscard]] constexpr double bus_bandwidth(collective_kind kind, std::size_t ranks, std::size_t message_bytes, double time_us) {
  return algorithm_bandwidth(message_bytes, time_us) * bus_bandwidth_factor(kind, ranks).value();
}

}  // namespace commfold::nccl
