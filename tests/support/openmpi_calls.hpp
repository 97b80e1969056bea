// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/openmpi_calls.hpp
/// What a row of Open MPI's bytes measured, as a call of the library, at run time and in constants.

#include <commfold/wire/openmpi.hpp>

#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace oracle {

/// What rank `from` sends rank `to` in a measured alltoallv: its share of the uneven split of `bytes`, and `from` more.
constexpr std::size_t sent_in_alltoallv(std::size_t bytes, std::size_t ranks, std::size_t from, std::size_t to) {
  std::size_t const part = bytes / ranks + (to < bytes % ranks ? 1 : 0);
  return part / ranks + from;
}

/// What the column `bytes` says of the collective must be what our call takes it for.
constexpr bool means_what_we_take(commfold::openmpi::collective what, std::string_view meaning) {
  using enum commfold::openmpi::collective;
  switch (what) {
    case allgather:
    case gather:
      return meaning == "send block per rank";
    case reduce_scatter_block:
    case scatter:
      return meaning == "recv block per rank";
    case allgatherv:
      return meaning == "total(split evenly, first N%p ranks +1)";
    case reduce_scatter:
      return meaning == "vector(split evenly, first N%p ranks +1)";
    case allreduce:
    case bcast:
    case reduce:
      return meaning == "vector";
    case alltoall:
      return meaning == "block per destination";
    case alltoallv:
      return meaning == "i->j sends split(N,p)[j]//p + i";
    case barrier:
      return meaning == "-";
  }
  return false;
}

}  // namespace oracle
