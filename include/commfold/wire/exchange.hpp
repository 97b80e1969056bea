// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/exchange.hpp
/// What ranks hand to each other in many calls, added up by pair of ranks. No user need name it.

#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/hash_index.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commfold::wire::detail {

/// What goes from one rank to another: payload and messages, and with what the library adds to them the bytes on the wire, there and back.
struct exchange {
  std::size_t payload = 0;
  std::size_t messages = 0;
  std::size_t forward = 0;
  std::size_t backward = 0;
};

/// `times` times what a schedule sends to a peer.
constexpr exchange exchange_with(peer_traffic const& peer, framing const& in, std::size_t times) {
  auto const all = [times](std::size_t one) { return checked_multiply(one, times, "commfold::wire"); };
  return {all(peer.bytes), all(peer.messages), all(in.forward(peer.bytes, peer.messages)), all(in.backward(peer.messages))};
}

/// Calls sent(peer_traffic) for what a rank sends, peer by peer or message by message.
template <class Schedule, class Sent>
constexpr void for_each_receiver(Schedule const& s, std::size_t rank, Sent&& sent) {
  if constexpr (closed_schedule<Schedule>)
    s.sent_to_each(rank, sent);
  else
    s.sends_of(rank, [&](message const& m) { sent(peer_traffic{m.to, m.bytes, 1}); });
}

/// Likewise, and received(peer_traffic) for what it receives.
template <class Schedule, class Sent, class Received>
constexpr void for_each_peer(Schedule const& s, std::size_t rank, Sent&& sent, Received&& received) {
  expect_rank("commfold::wire", rank, s.ranks());
  for_each_receiver(s, rank, sent);
  if constexpr (closed_schedule<Schedule>) {
    s.received_from_each(rank, received);
  } else {
    for (std::size_t from = 0; from != s.ranks(); ++from)
      if (from != rank)
        s.sends_of(from, [&](message const& m) {
          if (m.to == rank) received(peer_traffic{from, m.bytes, 1});
        });
  }
}

/// What the ranks of one group send to each other. All groups of one name do the same, so a step of many calls costs one sum for each pair
/// of ranks of a group, and not one for each rank of the program.
class group_exchange {
 public:
  struct entry {
    std::size_t from, to;
    exchange all;
  };

  constexpr explicit group_exchange(group_place const& group) : group_(&group) {}

  [[nodiscard]] constexpr group_place const& group() const noexcept { return *group_; }
  [[nodiscard]] constexpr std::vector<entry> const& entries() const noexcept { return entries_; }

  constexpr void add(std::size_t from, std::size_t to, exchange const& more) {
    auto const hash = static_cast<std::uint32_t>(hash_with(from, to));
    std::uint32_t const found =
        index_.find(hash, [&](std::uint32_t at) { return entries_[at - 1].from == from && entries_[at - 1].to == to; });
    if (found == 0) {
      entries_.push_back({from, to, more});
      index_.enter(hash, static_cast<std::uint32_t>(entries_.size()));  // from 1 on
      return;
    }
    exchange& all = entries_[found - 1].all;
    detail::add(all.payload, more.payload);
    detail::add(all.messages, more.messages);
    detail::add(all.forward, more.forward);
    detail::add(all.backward, more.backward);
  }

 private:
  group_place const* group_;
  std::vector<entry> entries_;
  hash_index<std::uint32_t> index_;
};

/// Of all groups of a program.
class step_exchange {
 public:
  constexpr group_exchange& of(group_place const& group) {
    for (group_exchange& one : groups_)
      if (&one.group() == &group) return one;
    groups_.emplace_back(group);
    return groups_.back();
  }

  /// Calls each(from, to, link class, exchange) for each pair of ranks of the program that exchange something, once for each group name.
  template <class Each>
  constexpr void tell(cluster const& where, Each&& each) const {
    for (group_exchange const& one : groups_) {
      group_place const& group = one.group();
      for (std::size_t first = 0; first != where.ranks(); ++first) {
        if (!group.has(first) || group.rank_in_group(first) != 0) continue;
        for (auto const& [from, to, all] : one.entries()) {
          std::size_t const sender = group.member(first, 0, from);
          std::size_t const receiver = group.member(first, 0, to);
          each(sender, receiver, where.domains().link_class(sender, receiver), all);
        }
      }
    }
  }

 private:
  std::vector<group_exchange> groups_;
};

}  // namespace commfold::wire::detail
