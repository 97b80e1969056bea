// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/algorithms.hpp
/// NCCL's algorithms and protocols, and how many bytes a protocol puts on the wire.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace commfold::nccl {

/// The algorithms, in the order in which NCCL tries them.
enum class algorithm : unsigned char { tree, ring, collnet_direct, collnet_chain, nvls, nvls_tree, pat };

/// The protocols, in the order in which NCCL tries them.
enum class protocol : unsigned char { ll, ll128, simple };

inline constexpr std::array all_algorithms = {
    algorithm::tree,      algorithm::ring, algorithm::collnet_direct, algorithm::collnet_chain, algorithm::nvls,
    algorithm::nvls_tree, algorithm::pat};
inline constexpr std::array all_protocols = {protocol::ll, protocol::ll128, protocol::simple};

/// As NCCL prints it, and as `NCCL_ALGO` takes it: name(algorithm::nvls_tree) = "NVLSTree".
[[nodiscard]] constexpr std::string_view name(algorithm of) noexcept {
  constexpr std::string_view names[] = {"Tree", "Ring", "CollNetDirect", "CollNetChain", "NVLS", "NVLSTree", "PAT"};
  return names[static_cast<unsigned char>(of)];
}

/// As NCCL prints it, and as `NCCL_PROTO` takes it: name(protocol::ll128) = "LL128".
[[nodiscard]] constexpr std::string_view name(protocol of) noexcept {
  constexpr std::string_view names[] = {"LL", "LL128", "Simple"};
  return names[static_cast<unsigned char>(of)];
}

/// The line in which a protocol stores: `payload` bytes of data in `wire` bytes.
struct protocol_line {
  std::size_t payload;
  std::size_t wire;
  constexpr bool operator==(protocol_line const&) const = default;
};

/// wire / payload, as an exact ratio: LL 2 (each 4 B of data are followed by a flag of 4 B), LL128 128 / 120 (the last 8 B of 128 B are the
/// flag), Simple 1 (its flags are kept apart from the data).
///
/// Source: NCCL 2.30.7, src/include/device.h (Apache-2.0), restated.
[[nodiscard]] constexpr protocol_line line_of(protocol of) noexcept {
  constexpr protocol_line lines[] = {{8, 16}, {120, 128}, {1, 1}};
  return lines[static_cast<unsigned char>(of)];
}

/// The bytes on the wire of one message: ceil(payload / line.payload) * line.wire, since only whole lines are stored. NCCL cuts a message
/// into chunks and rounds each of them, so that a message of several chunks may have up to one line more for each further chunk. Bytes that
/// do not fit `std::size_t` are an `overflow_error`.
[[nodiscard]] constexpr std::size_t wire_bytes(protocol with, std::size_t payload) {
  auto const [data, wire] = line_of(with);
  std::size_t const lines = payload / data + (payload % data != 0 ? 1 : 0);
  commfold::detail::size_result const bytes = commfold::detail::try_multiply(lines, wire);
  if (!bytes.fits) commfold::detail::fail_overflow("commfold::nccl::wire_bytes", "the number of bytes on the wire");
  return bytes.value;
}

}  // namespace commfold::nccl
