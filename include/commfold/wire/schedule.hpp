// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/schedule.hpp
/// Who sends how much to whom in which round, and what follows from that for each rank.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace commfold::wire {

/// One message of an algorithm between two ranks of a group. A message may be empty: some libraries send those. Messages of one round can
/// be under way together; a rank begins a round when its own messages of the round before are through.
struct message {
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t bytes = 0;
  std::size_t round = 0;

  friend constexpr bool operator==(message const&, message const&) = default;
};

/// All messages between a rank and one peer in one direction.
struct peer_traffic {
  std::size_t peer = 0;
  std::size_t bytes = 0;
  std::size_t messages = 0;

  friend constexpr bool operator==(peer_traffic const&, peer_traffic const&) = default;
};

/// What one rank sends and receives. Bytes are payload.
struct rank_traffic {
  std::size_t sent_bytes = 0;
  std::size_t received_bytes = 0;
  std::size_t sent_messages = 0;
  std::size_t received_messages = 0;

  friend constexpr bool operator==(rank_traffic const&, rank_traffic const&) = default;
};

namespace detail {

using namespace commfold::detail;

struct any_message_sink {
  constexpr void operator()(message const&) const noexcept {}
};
struct any_peer_sink {
  constexpr void operator()(peer_traffic const&) const noexcept {}
};

}  // namespace detail

/// An algorithm with its sizes: `ranks()`, and `sends_of(rank, sink)`, which calls sink(message) for each message that the rank sends, in
/// the order in which it sends them. Everything else is a fold over these.
///
/// Two members are optional, for algorithms whose fold would be slow: `sent_to_each(rank, sink)` and `received_from_each(rank, sink)` call
/// sink(peer_traffic) once for each peer that a rank sends to, or receives from. They are closed forms of the fold, and
/// tests/laws/wire holds them against it.
template <class T>
concept schedule = requires(T const& s, std::size_t rank) {
  { s.ranks() } -> std::same_as<std::size_t>;
  s.sends_of(rank, detail::any_message_sink{});
};

/// A schedule that knows sums by peer without its messages.
template <class T>
concept closed_schedule = schedule<T> && requires(T const& s, std::size_t rank) {
  s.sent_to_each(rank, detail::any_peer_sink{});
  s.received_from_each(rank, detail::any_peer_sink{});
};

/// A schedule that can be symmetric: where `is_symmetric()`, rank r sends to r + d what rank 0 sends to d (mod p), so that one rank tells
/// of all. A ring over equal blocks is.
template <class T>
concept schedule_with_symmetry = schedule<T> && requires(T const& s) {
  { s.is_symmetric() } -> std::same_as<bool>;
};

/// A schedule without its closed forms: every answer is folded from its messages.
template <schedule Schedule>
class folded {
 public:
  constexpr explicit folded(Schedule of) : of_(std::move(of)) {}

  [[nodiscard]] constexpr std::size_t ranks() const { return of_.ranks(); }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    of_.sends_of(rank, sink);
  }

 private:
  Schedule of_;
};

namespace detail {

constexpr void expect_rank(char const* where, std::size_t rank, std::size_t ranks) {
  if (rank >= ranks) fail<invalid_argument>(where, "rank {} is outside a group of {} ranks", rank, ranks);
}

constexpr void add(std::size_t& to, std::size_t more) { to = checked_add(to, more, "commfold::wire"); }

struct traffic_of_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr rank_traffic operator()(Schedule const& s, std::size_t rank) const {
    expect_rank("commfold::wire::traffic_of", rank, s.ranks());
    rank_traffic all;
    auto const sent = [&](std::size_t bytes, std::size_t messages) {
      add(all.sent_bytes, bytes);
      add(all.sent_messages, messages);
    };
    auto const received = [&](std::size_t bytes, std::size_t messages) {
      add(all.received_bytes, bytes);
      add(all.received_messages, messages);
    };
    if constexpr (closed_schedule<Schedule>) {
      s.sent_to_each(rank, [&](peer_traffic const& to) { sent(to.bytes, to.messages); });
      s.received_from_each(rank, [&](peer_traffic const& from) { received(from.bytes, from.messages); });
    } else {
      for (std::size_t from = 0; from != s.ranks(); ++from)
        s.sends_of(from, [&](message const& m) {
          if (m.from == rank) sent(m.bytes, 1);
          if (m.to == rank) received(m.bytes, 1);
        });
    }
    return all;
  }
};

struct sent_bytes_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr std::size_t operator()(Schedule const& s, std::size_t rank) const {
    expect_rank("commfold::wire::sent_bytes", rank, s.ranks());
    std::size_t all = 0;
    if constexpr (closed_schedule<Schedule>)
      s.sent_to_each(rank, [&](peer_traffic const& to) { add(all, to.bytes); });
    else
      s.sends_of(rank, [&](message const& m) { add(all, m.bytes); });
    return all;
  }
  template <schedule Schedule>
  [[nodiscard]] constexpr std::size_t operator()(Schedule const& s, std::size_t rank, std::size_t peer) const {
    expect_rank("commfold::wire::sent_bytes", rank, s.ranks());
    expect_rank("commfold::wire::sent_bytes", peer, s.ranks());
    std::size_t all = 0;
    if constexpr (closed_schedule<Schedule>)
      s.sent_to_each(rank, [&](peer_traffic const& to) {
        if (to.peer == peer) add(all, to.bytes);
      });
    else
      s.sends_of(rank, [&](message const& m) {
        if (m.to == peer) add(all, m.bytes);
      });
    return all;
  }
};

struct received_bytes_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr std::size_t operator()(Schedule const& s, std::size_t rank) const {
    return traffic_of_fn{}(s, rank).received_bytes;
  }
};

struct total_bytes_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr std::size_t operator()(Schedule const& s) const {
    std::size_t all = 0;
    for (std::size_t rank = 0; rank != s.ranks(); ++rank) add(all, sent_bytes_fn{}(s, rank));
    return all;
  }
};

struct rounds_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr std::size_t operator()(Schedule const& s) const {
    std::size_t all = 0;
    for (std::size_t rank = 0; rank != s.ranks(); ++rank)
      s.sends_of(rank, [&](message const& m) {
        if (m.round >= all) all = m.round + 1;
      });
    return all;
  }
};

}  // namespace detail

/// traffic_of(schedule, rank): the bytes and messages that a rank of the group sends and receives. All of this file refuse a rank outside
/// the group with `invalid_argument`, and a sum that does not fit `std::size_t` with `overflow_error`.
inline constexpr detail::traffic_of_fn traffic_of{};

/// sent_bytes(schedule, rank), sent_bytes(schedule, rank, peer): the bytes of what a rank sends, to all or to one.
inline constexpr detail::sent_bytes_fn sent_bytes{};

/// received_bytes(schedule, rank): the bytes of what a rank receives.
inline constexpr detail::received_bytes_fn received_bytes{};

/// total_bytes(schedule): the sum over all ranks of what they send, which is what all of them receive.
inline constexpr detail::total_bytes_fn total_bytes{};

/// rounds(schedule): the number of rounds. Of a pipeline a segment is a round later than the one before.
inline constexpr detail::rounds_fn rounds{};

}  // namespace commfold::wire
