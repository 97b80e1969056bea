// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/schedule.hpp>

#include "is_a_constant.hpp"

#include <cstddef>

namespace {
namespace wire = commfold::wire;

// Rank 0 sends 10 B and then an empty message to 1, and 3 B to 2; rank 2 sends 5 B to 1.
struct written_out {
  [[nodiscard]] constexpr std::size_t ranks() const { return 3; }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    if (rank == 0) {
      sink(wire::message{0, 1, 10, 0});
      sink(wire::message{0, 1, 0, 1});
      sink(wire::message{0, 2, 3, 1});
    }
    if (rank == 2) sink(wire::message{2, 1, 5, 4});
  }
};
static_assert(wire::schedule<written_out> && !wire::closed_schedule<written_out> && !wire::schedule<int>);

constexpr written_out s;
static_assert(wire::traffic_of(s, 0) == wire::rank_traffic{13, 0, 3, 0});
static_assert(wire::traffic_of(s, 1) == wire::rank_traffic{0, 15, 0, 3});
static_assert(wire::traffic_of(s, 2) == wire::rank_traffic{5, 3, 1, 1});
static_assert(wire::sent_bytes(s, 0) == 13 && wire::sent_bytes(s, 0, 1) == 10 && wire::sent_bytes(s, 0, 2) == 3 &&
              wire::sent_bytes(s, 1) == 0);
static_assert(wire::received_bytes(s, 1) == 15);
static_assert(wire::total_bytes(s) == 18 && wire::rounds(s) == 5);

// Closed forms are asked first; `folded` hides them.
struct with_closed_forms : written_out {
  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    if (rank == 0) sink(wire::peer_traffic{1, 700, 7});
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    if (rank == 1) sink(wire::peer_traffic{0, 700, 7});
  }
};
static_assert(wire::closed_schedule<with_closed_forms>);
static_assert(wire::traffic_of(with_closed_forms(), 0) == wire::rank_traffic{700, 0, 7, 0});
static_assert(wire::sent_bytes(with_closed_forms(), 0, 1) == 700 && wire::sent_bytes(with_closed_forms(), 0, 2) == 0);
static_assert(wire::traffic_of(wire::folded(with_closed_forms()), 0) == wire::traffic_of(s, 0));

struct too_much : written_out {
  template <class Sink>
  constexpr void sends_of(std::size_t, Sink&& sink) const {
    for (int i = 0; i != 2; ++i) sink(wire::message{0, 1, ~std::size_t{0} / 2 + 1, 0});
  }
};
static_assert(!is_a_constant<[] { return wire::sent_bytes(too_much(), 0); }>);
static_assert(!is_a_constant<[] { return wire::sent_bytes(s, 3); }>);
static_assert(!is_a_constant<[] { return wire::sent_bytes(s, 0, 3); }>);
static_assert(!is_a_constant<[] { return wire::traffic_of(s, 3).sent_bytes; }>);
static_assert(is_a_constant<[] { return wire::traffic_of(s, 2).sent_bytes; }>);
}  // namespace
