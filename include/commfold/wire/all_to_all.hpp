// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/all_to_all.hpp
/// Algorithms of all_to_all and all_to_all_v: each rank has a block for each other.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire::all_to_all {

/// The bytes that each rank has for each: the same for all, or a matrix, of which it keeps a view. Refused with `invalid_argument`: no
/// ranks, a matrix that is not one row a rank. `overflow_error`: a row of equal blocks that does not fit `std::size_t`.
class pair_bytes {
 public:
  /// `bytes` from each to each.
  [[nodiscard]] static constexpr pair_bytes equal(std::size_t bytes, std::size_t ranks) {
    static_cast<void>(detail::checked_multiply(bytes, ranks, "commfold::wire::all_to_all"));
    return {bytes, ranks, {}};
  }
  /// Entry i·p + j of the matrix is what rank i sends to rank j. The matrix must live as long as what is made from it.
  [[nodiscard]] static constexpr pair_bytes of(bytes_by_rank matrix, std::size_t ranks) {
    if (ranks == 0 || matrix.size() % ranks != 0 || matrix.size() / ranks != ranks)
      detail::fail<invalid_argument>("commfold::wire::all_to_all", "{} sizes are not one for each pair of {} ranks", matrix.size(), ranks);
    return {0, ranks, matrix};
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t operator()(std::size_t from, std::size_t to) const noexcept {
    return matrix_.empty() ? each_ : matrix_[from * ranks_ + to];
  }

 private:
  constexpr pair_bytes(std::size_t each, std::size_t ranks, bytes_by_rank matrix) : each_(each), ranks_(ranks), matrix_(matrix) {
    detail::expect_group("commfold::wire::all_to_all", ranks);
  }

  std::size_t each_, ranks_;
  bytes_by_rank matrix_;
};

/// Each rank sends each other its block, the sum of its row without its own: to r + 1 first, at most `max_requests` under way at once (0:
/// all). An empty block is an empty message. Open MPI's "basic_linear" and "linear_with_sync", which has max_requests.
class linear {
 public:
  constexpr explicit linear(pair_bytes const& of, std::size_t max_requests = 0) : of_(of), max_requests_(max_requests) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return of_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 1; k < ranks(); ++k) {
      std::size_t const to = detail::up(rank, k, ranks());
      sink(message{rank, to, of_(rank, to), max_requests_ == 0 ? 0 : (k - 1) / max_requests_});
    }
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t to = 0; to != ranks(); ++to)
      if (to != rank) sink(peer_traffic{to, of_(rank, to), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t from = 0; from != ranks(); ++from)
      if (from != rank) sink(peer_traffic{from, of_(from, rank), 1});
  }

 private:
  pair_bytes of_;
  std::size_t max_requests_;
};

/// In round k rank r sends to r + k and receives from r - k. As many bytes as linear.
class pairwise : public linear {
 public:
  constexpr explicit pairwise(pair_bytes const& of) : linear(of, 1) {}
};

/// In round k rank r swaps with r xor k. Refused with `invalid_argument`: p not a power of two.
class pairwise_xor : public linear {
 public:
  constexpr explicit pairwise_xor(pair_bytes const& of) : linear(of), of_(of) {
    detail::expect_power_of_two("commfold::wire::all_to_all::pairwise_xor", of.ranks());
  }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 1; k < ranks(); ++k) sink(message{rank, rank ^ k, of_(rank, rank ^ k), k - 1});
  }

 private:
  pair_bytes of_;
};

/// Two ranks swap blocks. Refused with `invalid_argument`: another number of ranks.
class two_proc : public linear {
 public:
  constexpr explicit two_proc(pair_bytes const& of) : linear(of) { detail::expect_two("commfold::wire::all_to_all::two_proc", of.ranks()); }
};

/// Blocks of n bytes that travel by the bits of their distance: in step k rank r sends to r + 2^k the blocks whose distance has bit k, so
/// n·(sum over j from 1 to p - 1 of the bits in j) in ceil(lg p) messages. Bruck et al., IEEE TPDS 8(11), 1997. Open MPI's
/// "modified_bruck".
class bruck {
 public:
  constexpr bruck(std::size_t bytes, std::size_t ranks) : bytes_(bytes), ranks_(ranks) {
    detail::expect_group("commfold::wire::all_to_all::bruck", ranks);
    static_cast<void>(detail::checked_multiply(bytes, ranks, "commfold::wire::all_to_all"));
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    std::size_t round = 0;
    sent_to_each(rank, [&](peer_traffic const& to) { sink(message{rank, to.peer, to.bytes, round++}); });
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks_; step *= 2) sink(peer_traffic{detail::up(rank, step, ranks_), sent(step), 1});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    for (std::size_t step = 1; step < ranks_; step *= 2) sink(peer_traffic{detail::down(rank, step, ranks_), sent(step), 1});
  }

 private:
  /// How many of 1 to p - 1 have the bit: whole periods of 2·step have `step` of them, and what is left has those above `step`.
  [[nodiscard]] constexpr std::size_t sent(std::size_t step) const noexcept {
    std::size_t const left = ranks_ % (2 * step);
    return bytes_ * (ranks_ / (2 * step) * step + (left > step ? left - step : 0));
  }

  std::size_t bytes_, ranks_;
};

}  // namespace commfold::wire::all_to_all
