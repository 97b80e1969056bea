// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/ring.hpp
/// One pass of blocks around a ring, of which ring algorithms are made.

#include <commfold/wire/blocks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire {

/// Which neighbour a ring sends to: rank r + 1, or rank r - 1.
enum class ring_direction : unsigned char { up, down };

namespace detail {

/// p - 1 rounds, in each of which every rank hands one block to its neighbour. In round k of the pass rank r sends block r + shift - k up,
/// or block r + shift + k down. So it sends every block but one, b[r + shift + 1] up or b[r + shift - 1] down, which is the closed form.
struct ring_pass {
  wire::blocks blocks;
  ring_direction direction = ring_direction::up;
  std::ptrdiff_t shift = 0;
  std::size_t first_round = 0;

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return blocks.ranks(); }
  [[nodiscard]] constexpr std::size_t rounds() const noexcept { return ranks() - 1; }

  /// The rank that `rank` sends to, and the one that it receives from.
  [[nodiscard]] constexpr std::size_t next(std::size_t rank) const noexcept {
    return moved(rank, direction == ring_direction::up ? 1 : -1);
  }
  [[nodiscard]] constexpr std::size_t previous(std::size_t rank) const noexcept {
    return moved(rank, direction == ring_direction::up ? -1 : 1);
  }

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (std::size_t k = 0; k != rounds(); ++k) {
      auto const step = direction == ring_direction::up ? -static_cast<std::ptrdiff_t>(k) : static_cast<std::ptrdiff_t>(k);
      sink(message{rank, next(rank), blocks[moved(rank, shift + step)], first_round + k});
    }
  }

  [[nodiscard]] constexpr std::size_t sent_bytes(std::size_t rank) const noexcept {
    return blocks.total() - blocks[moved(rank, direction == ring_direction::up ? shift + 1 : shift - 1)];
  }

 private:
  /// (rank + by) mod p. By steps and not by division, which takes longer: `by` is hardly ever below -p or above p.
  [[nodiscard]] constexpr std::size_t moved(std::size_t rank, std::ptrdiff_t by) const noexcept {
    auto const p = static_cast<std::ptrdiff_t>(ranks());
    std::ptrdiff_t at = static_cast<std::ptrdiff_t>(rank) + by;
    while (at < 0) at += p;
    while (at >= p) at -= p;
    return static_cast<std::size_t>(at);
  }
};

/// Passes one after the other over one ring.
template <std::size_t Passes>
struct ring_passes {
  ring_pass pass[Passes];

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return pass[0].ranks(); }
  [[nodiscard]] constexpr bool is_symmetric() const noexcept { return pass[0].blocks.are_equal(); }  // they are those of all passes

  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    for (ring_pass const& one : pass) one.sends_of(rank, sink);
  }
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (ranks() != 1) sink(sent(rank, pass[0].next(rank)));
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (ranks() == 1) return;
    std::size_t const from = pass[0].previous(rank);
    peer_traffic const all = sent(from, rank);
    sink(peer_traffic{from, all.bytes, all.messages});
  }

 private:
  [[nodiscard]] constexpr peer_traffic sent(std::size_t rank, std::size_t to) const {
    peer_traffic all{to, 0, 0};
    for (ring_pass const& one : pass) {
      add(all.bytes, one.sent_bytes(rank));
      all.messages += one.rounds();
    }
    return all;
  }
};

}  // namespace detail
}  // namespace commfold::wire
