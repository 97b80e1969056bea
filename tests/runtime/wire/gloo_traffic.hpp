// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/wire/gloo_traffic.hpp
/// What one rank sends and receives in some schedules of gloo, to be held against a measured row.

#include <commfold/wire/gloo/all_to_all.hpp>
#include <commfold/wire/gloo/framing.hpp>
#include <commfold/wire/gloo/point_to_point.hpp>
#include <commfold/wire/schedule.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <type_traits>
#include <vector>

namespace wire_test {

/// Whether a schedule knows the messages of one rank alone.
template <class Schedule>
inline constexpr bool answers_for_one_rank =
    std::is_same_v<Schedule, commfold::gloo::all_to_all_of_rank> || std::is_same_v<Schedule, commfold::gloo::side_of_rank>;

class gloo_traffic {
 public:
  gloo_traffic(std::size_t ranks, std::size_t rank)
      : payload_to(ranks, 0), messages_to(ranks, 0), messages_from(ranks, 0), sizes_to(ranks), rank_(rank) {}

  /// Adds what the rank sends and receives by the closed forms, which must be those of the messages.
  template <class Schedule>
  void add(Schedule const& schedule) {
    namespace wire = commfold::wire;
    ++schedules;
    REQUIRE(schedule.ranks() == payload_to.size());
    wire::rank_traffic const closed = wire::traffic_of(schedule, rank_);
    wire::rank_traffic folded;
    schedule.sends_of(rank_, [&](wire::message const& one) {
      CHECK(one.from == rank_);
      sizes_to.at(one.to).push_back(one.bytes);
      folded.sent_bytes += one.bytes;
      ++folded.sent_messages;
    });
    if constexpr (answers_for_one_rank<Schedule>) {
      folded.received_bytes = closed.received_bytes;
      folded.received_messages = closed.received_messages;
    } else {
      CHECK(wire::traffic_of(wire::folded(schedule), rank_) == closed);
    }
    CHECK(folded.sent_bytes == closed.sent_bytes);
    CHECK(folded.sent_messages == closed.sent_messages);
    schedule.sent_to_each(rank_, [&](wire::peer_traffic const& to) {
      payload_to.at(to.peer) += to.bytes;
      messages_to.at(to.peer) += to.messages;
    });
    schedule.received_from_each(rank_, [&](wire::peer_traffic const& from) { messages_from.at(from.peer) += from.messages; });
    all.sent_bytes += closed.sent_bytes;
    all.received_bytes += closed.received_bytes;
    all.sent_messages += closed.sent_messages;
    all.received_messages += closed.received_messages;
  }

  [[nodiscard]] std::size_t socket_bytes() const { return commfold::gloo::socket_bytes(all); }

  using numbers = std::vector<std::size_t>;
  numbers payload_to, messages_to, messages_from;
  std::vector<numbers> sizes_to;  ///< of the messages, in their order
  commfold::wire::rank_traffic all;
  std::size_t schedules = 0;

 private:
  std::size_t rank_;
};

}  // namespace wire_test
