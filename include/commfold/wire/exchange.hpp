// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/exchange.hpp
/// What ranks hand to each other in many calls, added up by pair of ranks. No user need name it.

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/hash_index.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commfold::wire::detail {

/// What goes from one rank to another: payload and messages, and what the library adds to the payload on its way and sends back for it.
struct exchange {
  std::size_t payload = 0;
  std::size_t messages = 0;
  std::size_t overhead = 0;
  std::size_t backward = 0;

  /// All bytes on their way to the receiver.
  [[nodiscard]] constexpr std::size_t forward() const { return checked_add(payload, overhead, "commfold::wire"); }

  /// Adds `times` times what a schedule sends to a peer. In as few steps as can be, since a constant has a million of them: a library that
  /// adds nothing costs nothing.
  constexpr void add(peer_traffic const& peer, framing const& in, std::size_t times) {
    add_times(payload, peer.bytes, times);
    add_times(messages, peer.messages, times);
    if (in.adds_nothing()) return;
    add_times(overhead, in.forward(peer.bytes, peer.messages) - peer.bytes, times);
    add_times(backward, in.backward(peer.messages), times);
  }

 private:
  static constexpr void add_times(std::size_t& to, std::size_t one, std::size_t times) {
    std::size_t more = 0;
    if (__builtin_mul_overflow(one, times, &more) || __builtin_add_overflow(to, more, &to))
      fail_overflow("commfold::wire", one, " * ", times);
  }
};

/// Calls sent(peer_traffic) for what a rank sends, peer by peer or message by message.
template <class Schedule, class Sent>
constexpr void for_each_receiver(Schedule const& s, std::size_t rank, Sent&& sent) {
  if constexpr (closed_schedule<Schedule>)
    s.sent_to_each(rank, sent);
  else
    s.sends_of(rank, [&](message const& m) { sent(peer_traffic{m.to, m.bytes, 1}); });
}

/// Calls received(peer_traffic) for what a rank receives of a switch, peer p, which is no rank whose messages are asked for. A schedule
/// with a switch says so.
template <class Schedule, class Received>
constexpr void for_each_from_switch(Schedule const& s, std::size_t rank, Received&& received) {
  if constexpr (requires { Schedule::has_switch; })
    s.received_from_each(rank, [&](peer_traffic const& from) {
      if (from.peer == s.ranks()) received(from);
    });
}

template <class Schedule>
constexpr bool is_symmetric(Schedule const& s) {
  if constexpr (schedule_with_symmetry<Schedule>)
    return s.is_symmetric();
  else
    return false;
}

/// Calls sent(peer_traffic) for what a rank sends, and received(peer_traffic) for what it receives.
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
  /// Of one pair; or, from `every_rank`, of each rank and the one that is `to` ranks above it, mod p.
  struct entry {
    std::size_t from, to;
    exchange all;
  };
  static constexpr std::size_t every_rank = dyn;

  constexpr explicit group_exchange(group_place const& group) : group_(&group) {}

  [[nodiscard]] constexpr group_place const& group() const noexcept { return *group_; }
  [[nodiscard]] constexpr std::vector<entry> const& entries() const noexcept { return entries_; }

  /// What the two exchange. Schedules mostly name pairs in the order of the call before, so the next one is looked at first.
  constexpr exchange& between(std::size_t from, std::size_t to) {
    if (next_ == entries_.size()) next_ = 0;
    if (entries_.empty() || entries_[next_].from != from || entries_[next_].to != to) next_ = index_of(from, to);
    return entries_[next_++].all;
  }

 private:
  constexpr std::size_t index_of(std::size_t from, std::size_t to) {
    // Not hash_with(from, to), which depends on from ^ to alone: a million pairs of 1,024 ranks would have 1,024 hashes.
    auto const hash = static_cast<std::uint32_t>(hash_with(0, std::uint64_t{from} << 32 ^ to));
    auto const is_wanted = [&](std::uint32_t at) { return entries_[at - 1].from == from && entries_[at - 1].to == to; };
    if (std::uint32_t const found = index_.find(hash, is_wanted); found != 0) return found - 1;
    entries_.push_back({from, to, {}});
    index_.enter(hash, static_cast<std::uint32_t>(entries_.size()));  // from 1 on
    return entries_.size() - 1;
  }

  group_place const* group_;
  std::size_t next_ = 0;
  std::vector<entry> entries_;
  hash_index<std::uint32_t> index_;
};

/// What stands for a switch among ranks of the program.
inline constexpr std::size_t no_rank = dyn;

/// Of all groups of a program.
class step_exchange {
 public:
  constexpr group_exchange& of(group_place const& group) {
    for (group_exchange& one : groups_)
      if (&one.group() == &group) return one;
    groups_.emplace_back(group);
    return groups_.back();
  }

  /// Calls each(from, to, link class, exchange) for each pair of ranks of the program that exchange something, once for each group name. A
  /// switch is no rank of the program: it is `no_rank`, in the smallest domain of the rank that it serves.
  template <class Each>
  constexpr void tell(cluster const& where, Each&& each) const {
    for (group_exchange const& one : groups_) {
      group_place const& group = one.group();
      for (std::size_t first = 0; first != where.ranks(); ++first) {
        if (!group.has(first) || group.rank_in_group(first) != 0) continue;
        auto const tell_pair = [&](std::size_t from, std::size_t to, exchange const& all) {
          std::size_t const sender = from == group.size() ? no_rank : group.member(first, 0, from);
          std::size_t const receiver = to == group.size() ? no_rank : group.member(first, 0, to);
          each(sender, receiver, sender == no_rank || receiver == no_rank ? 0 : where.domains().link_class(sender, receiver), all);
        };
        for (auto const& [from, to, all] : one.entries()) {
          if (from != group_exchange::every_rank) {
            tell_pair(from, to, all);
            continue;
          }
          for (std::size_t i = 0; i != group.size(); ++i) tell_pair(i, i + to < group.size() ? i + to : i + to - group.size(), all);
        }
      }
    }
  }

 private:
  std::vector<group_exchange> groups_;
};

}  // namespace commfold::wire::detail
