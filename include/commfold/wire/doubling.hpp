// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/doubling.hpp
/// Recursive doubling among any number of ranks, of which algorithms are made.

#include <bit>
#include <cstddef>

namespace commfold::wire::detail {

/// An exchange of a doubling pass: the data of the positions `first` to `first` + 2^step - 1 go to `to`.
struct doubling_exchange {
  std::size_t to, first, count, round;
};

/// Recursive doubling among any number of positions, as MPICH and Open MPI do it: in step k position v swaps what the 2^k positions around
/// it hold with v xor 2^k. A position of a lower half whose upper half is cut off by the end of the group gets the data of that from those
/// of its half that have a partner, in k more rounds. So every position has the data of all at the end.
template <class Sink>
constexpr void for_each_doubling_exchange(std::size_t position, std::size_t ranks, Sink&& sink) {
  bool const whole = std::has_single_bit(ranks);
  std::size_t round = 0;
  for (std::size_t step = 1, k = 0; step < ranks; step *= 2, ++k) {
    std::size_t const own = position & ~(step - 1);
    std::size_t const other = own ^ step;
    if ((position ^ step) < ranks) sink(doubling_exchange{position ^ step, own, step, round});
    if (other < ranks && other + step > ranks && other > own) {
      std::size_t const having = ranks - other;  // positions of the own half with a partner
      std::size_t extra = round;
      for (std::size_t hop = step / 2; hop != 0; hop /= 2) {
        ++extra;
        std::size_t const to = position ^ hop;
        std::size_t const end = (position & ~(2 * hop - 1)) + having;
        if (to > position && position < end && to >= end) sink(doubling_exchange{to, other, step, extra});
      }
    }
    round += whole ? 1 : 1 + k;
  }
}

}  // namespace commfold::wire::detail
