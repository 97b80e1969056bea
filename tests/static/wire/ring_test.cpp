// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/ring.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
using wire::detail::ring_pass;

constexpr std::size_t sizes[] = {1, 10, 100, 1000};
constexpr wire::blocks four = wire::blocks::of(commfold::bytes_by_rank(sizes, 4));

// Up: rank r sends blocks r, r - 1 and r - 2 to r + 1.
struct first_of_rank {
  std::size_t bytes[3] = {};
  std::size_t to = 0;
  std::size_t last_round = 0;
};
constexpr first_of_rank sends_of(ring_pass const& pass, std::size_t rank) {
  first_of_rank all;
  std::size_t i = 0;
  pass.sends_of(rank, [&](wire::message const& m) {
    all.bytes[i++] = m.bytes;
    all.to = m.to;
    all.last_round = m.round;
  });
  return all;
}
constexpr auto up = sends_of({four, wire::ring_direction::up, 0, 0}, 1);
static_assert(up.to == 2 && up.bytes[0] == 10 && up.bytes[1] == 1 && up.bytes[2] == 1000 && up.last_round == 2);
constexpr auto down = sends_of({four, wire::ring_direction::down, 1, 5}, 0);
static_assert(down.to == 3 && down.bytes[0] == 10 && down.bytes[1] == 100 && down.bytes[2] == 1000 && down.last_round == 7);

// The one block that a rank does not send.
static_assert(ring_pass{four, wire::ring_direction::up, 0, 0}.sent_bytes(1) == 1111 - 100);
static_assert(ring_pass{four, wire::ring_direction::down, 1, 0}.sent_bytes(0) == 1111 - 1);

constexpr bool closed_is_folded(wire::ring_direction direction) {
  for (std::ptrdiff_t shift = -2; shift != 4; ++shift) {
    wire::detail::ring_passes<2> const s{{{four, direction, shift, 0}, {four, direction, shift + 1, 3}}};
    for (std::size_t rank = 0; rank != 4; ++rank)
      if (wire::traffic_of(s, rank) != wire::traffic_of(wire::folded(s), rank)) return false;
  }
  return true;
}
static_assert(closed_is_folded(wire::ring_direction::up) && closed_is_folded(wire::ring_direction::down));

// One rank sends nothing.
constexpr wire::detail::ring_passes<1> alone{{{wire::blocks::equal(9, 1), wire::ring_direction::up, 0, 0}}};
static_assert(wire::traffic_of(alone, 0) == wire::rank_traffic{} && wire::traffic_of(wire::folded(alone), 0) == wire::rank_traffic{});
}  // namespace
