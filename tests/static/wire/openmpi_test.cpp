// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/openmpi.hpp>

#include <cstddef>
#include <type_traits>

namespace {
namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;
using openmpi::collective;

constexpr std::size_t sent(openmpi::call const& c, openmpi::parameters const& with, std::size_t rank) {
  return openmpi::with_schedule(c, with, [&](auto const& s) { return wire::sent_bytes(s, rank); });
}
template <class Schedule>
constexpr bool runs(openmpi::call const& c, openmpi::parameters const& with) {
  return openmpi::with_schedule(c, with, [](auto const& s) { return std::is_same_v<std::remove_cvref_t<decltype(s)>, Schedule>; });
}

// Where an algorithm is not defined, what Open MPI falls back to.
static_assert(runs<wire::all_gather::recursive_doubling>({collective::allgather, 8, 10}, {3}));
static_assert(runs<wire::all_gather::bruck>({collective::allgather, 6, 10}, {3}));
static_assert(runs<wire::all_gather::neighbor_exchange>({collective::allgather, 6, 10}, {5}));
static_assert(runs<wire::all_gather::ring>({collective::allgather, 5, 10}, {5}) &&
              runs<wire::all_gather::ring>({collective::allgatherv, 5, 10}, {4}));
static_assert(runs<wire::all_reduce::recursive_doubling>({collective::allreduce, 8, 4 * 7, 0, 4}, {4}));  // fewer elements than ranks
static_assert(runs<wire::all_reduce::ring>({collective::allreduce, 8, 4 * 8, 0, 4}, {4}));
static_assert(runs<wire::all_reduce::ring>({collective::allreduce, 8, 1024}, {5, 129}));
static_assert(runs<wire::all_reduce::segmented_ring>({collective::allreduce, 8, 1024}, {5, 128}));
static_assert(runs<wire::all_reduce::linear>({collective::allreduce, 9, 7}, {6}) &&
              runs<wire::all_reduce::rabenseifner>({collective::allreduce, 9, 8}, {6}));
static_assert(runs<wire::all_reduce::linear>({collective::allreduce, 8, 1024, 0, 1, {}, false}, {6}));  // a reduction that does not commute
static_assert(runs<wire::broadcast::linear>({collective::bcast, 8, 7}, {8}) &&
              runs<wire::broadcast::chain>({collective::bcast, 8, 1}, {4}));
static_assert(runs<wire::broadcast::chain>({collective::bcast, 8, 100}, {4, 51}) &&
              runs<wire::broadcast::split_binary>({collective::bcast, 8, 100}, {4, 50}));
static_assert(runs<wire::nothing>({collective::bcast, 8, 0}, {4}) && runs<wire::nothing>({collective::barrier, 1}, {1}));

// A segment is a whole number of elements, the nearest.
static_assert(openmpi::with_schedule({collective::bcast, 2, 800, 0, 8}, {3, 101},
                                     [](auto const& s) { return wire::traffic_of(s, 0).sent_messages; }) == 8);

// Chains have the fanout that is set, in a decision one.
static_assert(sent({collective::bcast, 8, 100}, {2}, 0) == 400 && sent({collective::bcast, 8, 100}, {2, 0, 1}, 0) == 100);
static_assert(sent({collective::bcast, 4, 1 << 20}, {}, 0) == 1 << 20 && openmpi::decide({collective::bcast, 4, 1 << 20}) == 2);

// Any root, and the default parameters.
static_assert(openmpi::with_schedule({collective::reduce, 16, 100, 5},
                                     [](auto const& s) { return wire::sent_bytes(s, 5) + wire::received_bytes(s, 5); }) == 200);

}  // namespace
