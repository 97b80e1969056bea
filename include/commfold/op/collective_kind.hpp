// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/collective_kind.hpp
/// Which collective an operator is, whatever the library that names it calls it.

#include <string_view>

namespace commfold {

/// The collectives in MPI's words. Several operators are of one kind: `c10d::allreduce_` and `_c10d_functional::all_reduce_coalesced` are
/// both an `all_reduce`. A `send_recv` is a batch of sends and receives; a `wait` communicates nothing.
enum class collective_kind : unsigned char {
  all_reduce,
  all_gather,
  reduce_scatter,
  broadcast,
  reduce,
  gather,
  scatter,
  all_to_all,
  send,
  recv,
  send_recv,
  barrier,
  wait
};

/// name(collective_kind::all_reduce) = "all_reduce".
[[nodiscard]] constexpr std::string_view name(collective_kind kind) noexcept {
  constexpr std::string_view names[] = {"all_reduce", "all_gather", "reduce_scatter", "broadcast", "reduce",  "gather", "scatter",
                                        "all_to_all", "send",       "recv",           "send_recv", "barrier", "wait"};
  return names[static_cast<unsigned char>(kind)];
}

}  // namespace commfold
