// SPDX-License-Identifier: BSL-1.0
// Laws of gloo's schedules over 1 to 33 ranks, every root, vectors from nothing to many segments; and of closed forms over 1024 ranks.
#include <commfold/wire/gloo/all_gather.hpp>
#include <commfold/wire/gloo/all_reduce.hpp>
#include <commfold/wire/gloo/all_to_all.hpp>
#include <commfold/wire/gloo/barrier.hpp>
#include <commfold/wire/gloo/broadcast.hpp>
#include <commfold/wire/gloo/gather.hpp>
#include <commfold/wire/gloo/point_to_point.hpp>
#include <commfold/wire/gloo/reduce.hpp>
#include <commfold/wire/gloo/scatter.hpp>

#include <tests/support/gloo_schedules.hpp>

#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cstddef>
#include <initializer_list>
#include <vector>

namespace {
namespace gloo = commfold::gloo;
namespace wire = commfold::wire;
using gloo_test::is_lawful;

constexpr std::size_t mib = 1 << 20;

/// What all ranks send together, by closed forms.
template <class Schedule>
wire::rank_traffic total_of(Schedule const& schedule) {
  wire::rank_traffic all;
  for (std::size_t rank = 0; rank != schedule.ranks(); ++rank) {
    wire::rank_traffic const one = wire::traffic_of(schedule, rank);
    all.sent_bytes += one.sent_bytes;
    all.received_bytes += one.received_bytes;
    all.sent_messages += one.sent_messages;
    all.received_messages += one.received_messages;
  }
  return all;
}

/// Vectors of n elements: none, fewer than ranks, about two a rank, and one that is not even.
std::vector<std::size_t> lengths(std::size_t ranks) {
  return {0, 1, ranks / 2 + 1, 2 * ranks - 1, 2 * ranks, 2 * ranks + 1, 5 * ranks + 3, 10007};
}

/// calls(ranks, root) for every root of groups of 1 to 33 ranks.
template <class Calls>
void for_each_root(Calls calls) {
  for (std::size_t ranks = 1; ranks <= 33; ++ranks)
    for (std::size_t root = 0; root != ranks; ++root) calls(ranks, root);
}

}  // namespace

TEST_CASE("gloo's all_reduce is lawful, and sends 2 (p - 1) N in all", "[wire][gloo][laws]") {
  for (std::size_t ranks = 1; ranks <= 33; ++ranks)
    for (std::size_t const element : {1u, 4u, 8u})
      for (std::size_t const length : lengths(ranks)) {
        INFO(ranks << " ranks, " << length << " elements of " << element);
        gloo::all_reduce const schedule(length * element, ranks, element);
        CHECK(is_lawful(schedule));
        CHECK(total_of(schedule).sent_bytes == 2 * (ranks - 1) * length * element);
      }
  for (std::size_t const bytes : {5 * mib, 16 * mib, 16 * mib + 4, 41 * mib + 12}) {
    INFO(bytes << " B");
    CHECK(is_lawful(gloo::all_reduce(bytes, 3, 4)));
    CHECK(is_lawful(gloo::all_reduce(bytes, 8, 4)));
  }
  gloo::all_reduce const wide(3 * std::size_t{1024} * mib + 4, 1024, 4);
  CHECK(total_of(wide).sent_bytes == 2 * std::size_t{1023} * (3 * std::size_t{1024} * mib + 4));
  CHECK(total_of(wide).sent_bytes == total_of(wide).received_bytes);
  CHECK(total_of(wide).sent_messages == total_of(wide).received_messages);
}

TEST_CASE("gloo's reduce is lawful for every root", "[wire][gloo][laws]") {
  for_each_root([](std::size_t ranks, std::size_t root) {
    for (std::size_t const length : lengths(ranks)) {
      if (ranks > 9 && length > 5 * ranks) continue;
      INFO(ranks << " ranks, root " << root << ", " << length << " elements");
      gloo::reduce const schedule(length * 4, ranks, 4, root);
      CHECK(is_lawful(schedule));
      // What is reduced passes p - 1 ranks, and all chunks but the root's go to the root.
      if (ranks > 1 && length != 0) CHECK(total_of(schedule).sent_bytes <= (ranks - 1) * length * 4 + length * 4);
      if (ranks > 1 && length != 0) CHECK(total_of(schedule).sent_bytes >= (ranks - 1) * length * 4);
    }
  });
  for (std::size_t const bytes : {5 * mib, 16 * mib, 16 * mib + 4, 41 * mib + 12})
    for (std::size_t root = 0; root != 3; ++root) CHECK(is_lawful(gloo::reduce(bytes, 3, 4, root)));
  gloo::reduce const wide(std::size_t{1024} * mib, 1024, 4, 1023);
  CHECK(total_of(wide).sent_bytes == 1024 * mib * 1023 + 1023 * mib);
  CHECK(total_of(wide).sent_bytes == total_of(wide).received_bytes);
}

TEST_CASE("gloo's all_gather is lawful, and all_reduce costs as much as it and a reduce_scatter", "[wire][gloo][laws]") {
  for (std::size_t ranks = 1; ranks <= 33; ++ranks)
    for (std::size_t const block : {0u, 1u, 2u, 117u, 4096u}) {
      INFO(ranks << " ranks, blocks of " << block << " B");
      gloo::all_gather const schedule(block, ranks);
      CHECK(is_lawful(schedule));
      CHECK(total_of(schedule).sent_bytes == ranks * (ranks - 1) * block);
    }
  // Where all chunks are alike, half of the all_reduce of p blocks gathers them.
  CHECK(wire::sent_bytes(gloo::all_reduce(1024 * 64, 1024, 4), 7) == 2 * wire::sent_bytes(gloo::all_gather(64, 1024), 7));
}

TEST_CASE("gloo's all_to_all is lawful, and of equal blocks the same as of a matrix of them", "[wire][gloo][laws]") {
  for (std::size_t ranks = 1; ranks <= 33; ++ranks) {
    INFO(ranks << " ranks");
    std::vector<std::size_t> equal(ranks * ranks, 40), uneven;
    for (std::size_t i = 0; i != ranks * ranks; ++i) uneven.push_back(i * 7 % 5 == 0 ? 0 : i * 31 % 1009);
    gloo::all_to_all const even(40, ranks);
    gloo::all_to_all_v const as_matrix({equal.data(), equal.size()}, ranks);
    gloo::all_to_all_v const any({uneven.data(), uneven.size()}, ranks);
    CHECK(is_lawful(even));
    CHECK(is_lawful(as_matrix));
    CHECK(is_lawful(any));
    for (std::size_t rank = 0; rank != ranks; ++rank) {
      CHECK(wire::traffic_of(even, rank) == wire::traffic_of(as_matrix, rank));
      // What a rank knows of its own is its row and its column.
      std::vector<std::size_t> const to(uneven.begin() + static_cast<std::ptrdiff_t>(rank * ranks),
                                        uneven.begin() + static_cast<std::ptrdiff_t>((rank + 1) * ranks));
      std::vector<std::size_t> from;
      for (std::size_t peer = 0; peer != ranks; ++peer) from.push_back(uneven[peer * ranks + rank]);
      gloo::all_to_all_of_rank const own(wire::blocks::of({to.data(), to.size()}), wire::blocks::of({from.data(), from.size()}), rank);
      CHECK(wire::traffic_of(own, rank) == wire::traffic_of(any, rank));
    }
  }
  CHECK(total_of(gloo::all_to_all(8, 1024)).sent_messages == 1024 * 1023);
}

TEST_CASE("gloo's broadcast, gather and scatter are lawful for every root", "[wire][gloo][laws]") {
  for_each_root([](std::size_t ranks, std::size_t root) {
    for (std::size_t const bytes : {0u, 1u, 1000u}) {
      INFO(ranks << " ranks, root " << root << ", " << bytes << " B");
      gloo::broadcast const broadcast(bytes, ranks, root);
      CHECK(is_lawful(broadcast));
      CHECK(is_lawful(gloo::gather(bytes, ranks, root)));
      CHECK(is_lawful(gloo::scatter(bytes, ranks, root)));
      // Each rank but the root receives once, and a scatter is a gather backwards.
      CHECK(total_of(broadcast).received_messages == ranks - 1);
      CHECK(wire::received_bytes(broadcast, root) == 0);
      CHECK(wire::rounds(broadcast) == static_cast<std::size_t>(std::bit_width(ranks - 1)));
      for (std::size_t rank = 0; rank != ranks; ++rank)
        CHECK(wire::sent_bytes(gloo::scatter(bytes, ranks, root), rank) == wire::received_bytes(gloo::gather(bytes, ranks, root), rank));
    }
  });
  CHECK(total_of(gloo::broadcast(100, 1024, 1000)).sent_bytes == 102300);
}

TEST_CASE("gloo's barriers and messages are lawful", "[wire][gloo][laws]") {
  for (std::size_t ranks = 1; ranks <= 33; ++ranks) {
    INFO(ranks << " ranks");
    CHECK(is_lawful(gloo::barrier(ranks)));
    CHECK(is_lawful(gloo::monitored_barrier(ranks)));
    CHECK(wire::rounds(gloo::barrier(ranks)) == static_cast<std::size_t>(std::bit_width(ranks - 1)));
    for (std::size_t from = 0; from != ranks; ++from)
      for (std::size_t to = 0; to != ranks; ++to)
        if (from != to) CHECK(is_lawful(gloo::point_to_point(9, ranks, from, to)));
  }
  CHECK(wire::traffic_of(gloo::barrier(1024), 1023).sent_messages == 10);
  CHECK(wire::traffic_of(gloo::monitored_barrier(1024), 0).received_messages == 1023);
}
