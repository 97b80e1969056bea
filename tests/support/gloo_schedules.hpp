// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/gloo_schedules.hpp
/// What must hold of every schedule of gloo, at compile time and at run time.

#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace gloo_test {
namespace wire = commfold::wire;

/// The numbers of one rank: its bytes and messages, sent and received.
constexpr bool is(wire::rank_traffic const& all, std::size_t sent, std::size_t received, std::size_t messages_sent,
                  std::size_t messages_received) {
  return all == wire::rank_traffic{sent, received, messages_sent, messages_received};
}

/// The n-th message that a rank sends; one of no bytes to itself where there is none.
template <class Schedule>
constexpr wire::message nth_message(Schedule const& schedule, std::size_t rank, std::size_t n) {
  wire::message found{rank, rank, 0, 0};
  schedule.sends_of(rank, [&](wire::message const& one) {
    if (n == 0) found = one;
    --n;  // past 0 it counts down from the largest number, and comes to no message
  });
  return found;
}

/// What goes from one rank to another by the closed forms of either side, and by the messages.
struct three_answers {
  wire::peer_traffic by_sender, by_receiver, by_messages;

  constexpr bool agree() const { return by_sender == by_messages && by_receiver == by_messages; }
};

template <class Schedule>
constexpr three_answers between(Schedule const& schedule, std::size_t from, std::size_t to) {
  three_answers all{{from, 0, 0}, {from, 0, 0}, {from, 0, 0}};
  schedule.sent_to_each(from, [&](wire::peer_traffic const& one) {
    if (one.peer != to) return;
    all.by_sender.bytes += one.bytes;
    all.by_sender.messages += one.messages;
  });
  schedule.received_from_each(to, [&](wire::peer_traffic const& one) {
    if (one.peer != from) return;
    all.by_receiver.bytes += one.bytes;
    all.by_receiver.messages += one.messages;
  });
  schedule.sends_of(from, [&](wire::message const& one) {
    if (one.to != to) return;
    all.by_messages.bytes += one.bytes;
    ++all.by_messages.messages;
  });
  return all;
}

/// Closed forms are those of the messages, rank by rank and peer by peer; each peer is named once; nobody sends to itself; rounds do not
/// run backwards; all that is sent is received.
template <class Schedule>
constexpr bool is_lawful(Schedule const& schedule) {
  std::size_t const p = schedule.ranks();
  wire::rank_traffic all;
  for (std::size_t rank = 0; rank != p; ++rank) {
    std::size_t peers_named = 0, peers_sent = 0, named_from = 0, sent_from = 0;
    schedule.sent_to_each(rank, [&](wire::peer_traffic const&) { ++peers_named; });
    schedule.received_from_each(rank, [&](wire::peer_traffic const&) { ++named_from; });
    for (std::size_t peer = 0; peer != p; ++peer) {
      three_answers const to = between(schedule, rank, peer);
      three_answers const from = between(schedule, peer, rank);
      if (!to.agree() || !from.agree() || (peer == rank && to.by_messages.messages != 0)) return false;
      peers_sent += to.by_messages.messages != 0 ? 1u : 0u;
      sent_from += from.by_messages.messages != 0 ? 1u : 0u;
    }
    if (peers_named != peers_sent || named_from != sent_from) return false;
    bool forwards = true;
    std::size_t round = 0;
    schedule.sends_of(rank, [&](wire::message const& one) {
      forwards = forwards && one.from == rank && one.to < p && one.round >= round;
      round = one.round;
    });
    if (!forwards) return false;
    wire::rank_traffic const own = wire::traffic_of(schedule, rank);
    all.sent_bytes += own.sent_bytes;
    all.received_bytes += own.received_bytes;
    all.sent_messages += own.sent_messages;
    all.received_messages += own.received_messages;
  }
  bool const sends_alone = p == 1 && all.sent_messages != 0;
  return all.sent_bytes == all.received_bytes && all.sent_messages == all.received_messages && !sends_alone;
}

}  // namespace gloo_test
