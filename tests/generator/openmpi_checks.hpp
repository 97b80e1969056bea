// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/openmpi_checks.hpp
/// The function that the generated rows of Open MPI assert with.

#include <commfold/wire/openmpi.hpp>

#include <tests/support/openmpi_calls.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace generated {

using namespace commfold;
using openmpi::collective;

/// Whether rank `rank` of `Ranks` sends these bytes, in so many messages, so many bytes to each.
template <std::size_t Ranks>
constexpr bool sends(collective what, std::string_view algorithm, std::size_t segment_size, std::size_t bytes, std::size_t rank,
                     std::size_t bytes_sent, std::size_t messages, std::array<std::size_t, Ranks> const& to_each) {
  std::array<std::size_t, Ranks * Ranks> matrix{};
  openmpi::call c{what, Ranks, bytes};
  if (what == collective::alltoallv) {
    for (std::size_t i = 0; i != matrix.size(); ++i) matrix[i] = oracle::sent_in_alltoallv(bytes, Ranks, i / Ranks, i % Ranks);
    c.counts = {matrix.data(), matrix.size()};
  }
  openmpi::parameters with;
  with.algorithm = openmpi::algorithm_named(what, algorithm);
  with.segment_size = segment_size;
  return openmpi::with_schedule(c, with, [&](auto const& s) {
    wire::rank_traffic const all = wire::traffic_of(s, rank);
    if (all.sent_bytes != bytes_sent || all.sent_messages != messages) return false;
    for (std::size_t to = 0; to != Ranks; ++to)
      if (wire::sent_bytes(s, rank, to) != to_each[to]) return false;
    return true;
  });
}

}  // namespace generated
