// SPDX-License-Identifier: BSL-1.0
// Laws that hold for every algorithm of wire/, whoever runs it: over 1 to 33 ranks, even, uneven and empty blocks, every root.
#include <commfold/wire/all_gather.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/all_to_all.hpp>
#include <commfold/wire/barrier.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/point_to_point.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/reduce_scatter.hpp>
#include <commfold/wire/scatter.hpp>
#include <commfold/wire/trees.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string>
#include <vector>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;
using sizes = std::vector<std::size_t>;

constexpr std::size_t most_ranks = 33;

/// The messages of a schedule, added up by hand.
struct outcome {
  std::vector<wire::message> messages;
  std::size_t ranks = 0, rounds = 0;
  std::vector<wire::rank_traffic> by_rank;
  std::vector<std::size_t> pairs;  ///< bytes from i to j at i·p + j

  [[nodiscard]] std::size_t total() const {
    std::size_t all = 0;
    for (wire::rank_traffic const& one : by_rank) all += one.sent_bytes;
    return all;
  }
  [[nodiscard]] std::size_t most_sent() const {
    std::size_t most = 0;
    for (wire::rank_traffic const& one : by_rank) most = std::max(most, one.sent_bytes);
    return most;
  }
};

/// The laws of any schedule: messages go from the rank that was asked to another of the group, what is sent is received, closed forms and
/// folds answer what adding up says, and one rank sends nothing.
template <class Schedule>
outcome obeys(Schedule const& s) {
  outcome o;
  o.ranks = s.ranks();
  std::size_t const p = o.ranks;
  o.by_rank.resize(p);
  o.pairs.resize(p * p);
  bool within = true;
  for (std::size_t rank = 0; rank != p; ++rank)
    s.sends_of(rank, [&](wire::message const& m) {
      within = within && m.from == rank && m.to < p && m.to != rank;
      o.messages.push_back(m);
    });
  REQUIRE(within);
  for (wire::message const& m : o.messages) {
    o.by_rank[m.from].sent_bytes += m.bytes;
    o.by_rank[m.to].received_bytes += m.bytes;
    ++o.by_rank[m.from].sent_messages;
    ++o.by_rank[m.to].received_messages;
    o.pairs[m.from * p + m.to] += m.bytes;
    o.rounds = std::max(o.rounds, m.round + 1);
  }
  bool equal = true;
  std::size_t sent = 0;
  std::size_t received = 0;
  for (std::size_t rank = 0; rank != p; ++rank) {
    wire::rank_traffic const closed = wire::traffic_of(s, rank);
    equal = equal && closed == o.by_rank[rank] && wire::sent_bytes(s, rank) == closed.sent_bytes;
    if (p <= 9) equal = equal && wire::traffic_of(wire::folded(s), rank) == closed;
    for (std::size_t to = 0; to != p; ++to) equal = equal && wire::sent_bytes(s, rank, to) == o.pairs[rank * p + to];
    sent += closed.sent_bytes;
    received += closed.received_bytes;
    if constexpr (wire::closed_schedule<Schedule>) {
      std::vector<std::size_t> told(p);
      s.sent_to_each(rank, [&](wire::peer_traffic const& to) { ++told[to.peer]; });
      equal = equal && std::all_of(told.begin(), told.end(), [](std::size_t times) { return times <= 1; });
      std::fill(told.begin(), told.end(), 0);
      s.received_from_each(rank, [&](wire::peer_traffic const& from) {
        ++told[from.peer];
        equal = equal && from.bytes == o.pairs[from.peer * p + rank];
      });
      equal = equal && std::all_of(told.begin(), told.end(), [](std::size_t times) { return times <= 1; });
    }
  }
  CHECK(equal);
  CHECK(sent == received);
  CHECK(wire::rounds(s) == o.rounds);
  if constexpr (requires { s.round_count(); }) CHECK(s.round_count() == o.rounds);
  if (p == 1) CHECK(o.messages.empty());
  return o;
}

/// What each rank knows of whom, if messages carry all that their senders know, round by round: know[i·p + j] says that i has something of
/// j.
std::vector<bool> known(outcome const& o) {
  std::size_t const p = o.ranks;
  std::vector<bool> know(p * p);
  for (std::size_t i = 0; i != p; ++i) know[i * p + i] = true;
  for (std::size_t round = 0; round != o.rounds; ++round) {
    std::vector<bool> const before = know;
    for (wire::message const& m : o.messages)
      if (m.round == round)
        for (std::size_t j = 0; j != p; ++j) know[m.to * p + j] = know[m.to * p + j] || before[m.from * p + j];
  }
  return know;
}
bool all_know_all(outcome const& o) {
  std::vector<bool> const know = known(o);
  return std::all_of(know.begin(), know.end(), [](bool one) { return one; });
}
bool all_know(outcome const& o, std::size_t whom) {
  std::vector<bool> const know = known(o);
  for (std::size_t i = 0; i != o.ranks; ++i)
    if (!know[i * o.ranks + whom]) return false;
  return true;
}
bool knows_all(outcome const& o, std::size_t who) {
  std::vector<bool> const know = known(o);
  for (std::size_t j = 0; j != o.ranks; ++j)
    if (!know[who * o.ranks + j]) return false;
  return true;
}

/// Whether a rank sends at most one message a round, and gets at most one. The bounds of latency are for such algorithms.
bool one_at_a_time(outcome const& o) {
  std::vector<bool> sends(o.ranks * o.rounds);
  std::vector<bool> gets(o.ranks * o.rounds);
  for (wire::message const& m : o.messages) {
    if (sends[m.round * o.ranks + m.from] || gets[m.round * o.ranks + m.to]) return false;
    sends[m.round * o.ranks + m.from] = true;
    gets[m.round * o.ranks + m.to] = true;
  }
  return true;
}

std::size_t ceil_lg(std::size_t p) {
  std::size_t k = 0;
  while ((std::size_t{1} << k) < p) ++k;
  return k;
}

/// Calls with blocks of p ranks: equal, one element more for some, all different, some empty, all but one empty.
template <class With>
void with_blocks(std::size_t p, With with) {
  INFO(p << " ranks");
  with(wire::blocks::equal(12, p));
  with(wire::blocks::of_vector(7 * p + p / 2, p));
  with(wire::blocks::of_vector(4 * (3 * p + 1), p, 4));
  with(wire::blocks::of_vector(p / 2, p));
  sizes list(p);
  for (std::size_t i = 0; i != p; ++i) list[i] = (5 * i + 3) % 11;
  with(wire::blocks::of({list.data(), p}));
  sizes alone(p);
  alone[p / 3] = 40;
  with(wire::blocks::of({alone.data(), p}));
}

template <class Schedule>
void gathers_all(Schedule const& s, wire::blocks const& of) {
  outcome const o = obeys(s);
  for (std::size_t r = 0; r != o.ranks; ++r) {
    CHECK(o.by_rank[r].received_bytes >= of.total() - of[r]);
    if (o.ranks > 1) CHECK(o.by_rank[r].sent_bytes >= of[r]);
  }
  CHECK(all_know_all(o));
  if (one_at_a_time(o)) CHECK(o.rounds >= ceil_lg(o.ranks));
}

template <class Schedule>
void reduces_and_scatters(Schedule const& s, wire::blocks const& of) {
  outcome const o = obeys(s);
  for (std::size_t r = 0; r != o.ranks; ++r) {
    CHECK(o.by_rank[r].sent_bytes >= of.total() - of[r]);
    if (o.ranks > 1) CHECK(o.by_rank[r].received_bytes >= of[r]);
  }
}

template <class Schedule>
void reduces_for_all(Schedule const& s, std::size_t bytes) {
  outcome const o = obeys(s);
  std::size_t const p = o.ranks;
  CHECK(o.total() >= 2 * (p - 1) * bytes);
  CHECK(o.most_sent() * p >= 2 * (p - 1) * bytes);
  CHECK(all_know_all(o));
  if (one_at_a_time(o)) CHECK(o.rounds >= ceil_lg(p));
}

template <class Schedule>
void broadcasts(Schedule const& s, std::size_t bytes, std::size_t root) {
  outcome const o = obeys(s);
  for (std::size_t r = 0; r != o.ranks; ++r)
    if (r != root) CHECK(o.by_rank[r].received_bytes >= bytes);
  if (o.ranks > 1) CHECK(o.by_rank[root].sent_bytes >= bytes);
  CHECK(all_know(o, root));
  if (one_at_a_time(o)) CHECK(o.rounds >= ceil_lg(o.ranks));
}

template <class Schedule>
void reduces(Schedule const& s, std::size_t bytes, std::size_t root) {
  outcome const o = obeys(s);
  for (std::size_t r = 0; r != o.ranks; ++r)
    if (r != root) CHECK(o.by_rank[r].sent_bytes >= bytes);
  if (o.ranks > 1) CHECK(o.by_rank[root].received_bytes >= bytes);
  CHECK(knows_all(o, root));
  if (one_at_a_time(o)) CHECK(o.rounds >= ceil_lg(o.ranks));
}

/// Each position but the root is the child of its parent and of no other, later than its parent is served, and in a round that there is.
template <class Tree>
void is_a_tree(Tree const& t) {
  std::size_t const p = t.ranks();
  INFO(p << " positions");
  std::vector<std::size_t> times(p);
  std::size_t rounds = 0;
  for (std::size_t v = 0; v != p; ++v)
    t.children_of(v, [&](std::size_t child) {
      REQUIRE(child < p);
      ++times[child];
      CHECK(t.parent(child) == v);
      if (v != t.root()) CHECK(t.round_to(child) > t.round_to(v));
      rounds = std::max(rounds, t.round_to(child) + 1);
    });
  for (std::size_t v = 0; v != p; ++v) CHECK(times[v] == (v == t.root() ? 0U : 1U));
  CHECK(rounds == t.rounds());
}

}  // namespace

TEST_CASE("wire: every shape is a tree over all positions") {
  for (std::size_t p = 1; p != 300; ++p) {
    is_a_tree(wire::trees::star(p));
    for (std::size_t chains = 0; chains != 9; ++chains) is_a_tree(wire::trees::chain(p, chains));
    is_a_tree(wire::trees::binary(p));
    is_a_tree(wire::trees::low_bit_binomial(p));
    is_a_tree(wire::trees::high_bit_binomial(p));
    for (std::size_t radix = 2; radix != 7; ++radix) is_a_tree(wire::trees::k_nomial(p, radix));
    is_a_tree(wire::trees::in_order_binary(p));
    is_a_tree(wire::trees::double_binary(p));
    is_a_tree(wire::trees::double_binary(p, wire::trees::tree_of_two::second));
  }
}

TEST_CASE("wire: of NCCL's two trees each rank has children in one alone, but for one") {
  for (std::size_t p = 2; p != 300; ++p) {
    wire::trees::double_binary const first(p);
    wire::trees::double_binary const second(p, wire::trees::tree_of_two::second);
    std::size_t both = 0;
    for (std::size_t v = 0; v != p; ++v) {
      std::size_t in_first = 0;
      std::size_t in_second = 0;
      first.children_of(v, [&](std::size_t) { ++in_first; });
      second.children_of(v, [&](std::size_t) { ++in_second; });
      if (in_first != 0 && in_second != 0) ++both;
    }
    CHECK(both <= 1);
  }
}

TEST_CASE("wire: algorithms of all_gather") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    with_blocks(p, [&](wire::blocks const& of) {
      namespace all_gather = wire::all_gather;
      gathers_all(all_gather::linear(of), of);
      gathers_all(all_gather::ring(of), of);
      gathers_all(all_gather::ring(of, wire::ring_direction::down), of);
      gathers_all(all_gather::bruck(of), of);
      gathers_all(all_gather::pat(of), of);
      if (std::has_single_bit(p)) gathers_all(all_gather::recursive_doubling(of), of);
      if (p % 2 == 0) gathers_all(all_gather::neighbor_exchange(of), of);
      if (p == 2) gathers_all(all_gather::two_proc(of), of);
      for (std::size_t g = 1; g <= p; ++g)
        if (p % g == 0) gathers_all(all_gather::two_level(of, g), of);
    });
}

TEST_CASE("wire: algorithms of reduce_scatter") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    with_blocks(p, [&](wire::blocks const& of) {
      namespace reduce_scatter = wire::reduce_scatter;
      reduces_and_scatters(reduce_scatter::ring(of), of);
      reduces_and_scatters(reduce_scatter::ring(of, wire::ring_direction::down), of);
      reduces_and_scatters(reduce_scatter::recursive_halving(of), of);
      reduces_and_scatters(reduce_scatter::butterfly(of), of);
      reduces_and_scatters(reduce_scatter::recursive_doubling(of), of);
      if (std::has_single_bit(p)) reduces_and_scatters(reduce_scatter::butterfly(of, reduce_scatter::mirroring::beforehand), of);
      for (std::size_t g = 1; g <= p; ++g)
        if (p % g == 0) reduces_and_scatters(reduce_scatter::two_level(of, g), of);
    });
}

TEST_CASE("wire: algorithms of all_reduce") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    for (std::size_t const elements : {p, 2 * p + 1, 13 * p, 64 * p + 7})
      for (std::size_t const element : {1U, 4U}) {
        namespace all_reduce = wire::all_reduce;
        std::size_t const bytes = elements * element;
        INFO(p << " ranks, " << elements << " elements of " << element << " B");
        wire::blocks const of = wire::blocks::of_vector(bytes, p, element);
        reduces_for_all(all_reduce::ring(of), bytes);
        reduces_for_all(all_reduce::ring(of, wire::ring_direction::down), bytes);
        for (std::size_t segment = 1; segment * p <= elements; segment += 6)
          reduces_for_all(all_reduce::segmented_ring(p, bytes, segment * element, element), bytes);
        for (std::size_t root = 0; root != p; ++root) reduces_for_all(all_reduce::linear(p, bytes, root), bytes);
        reduces_for_all(all_reduce::recursive_doubling(p, bytes), bytes);
        reduces_for_all(all_reduce::rabenseifner(p, bytes, element), bytes);
        reduces_for_all(all_reduce::double_binary_tree(p, bytes, element), bytes);
        for (std::size_t g = 1; g <= p; ++g)
          if (p % g == 0) reduces_for_all(all_reduce::two_level(p, bytes, g, element), bytes);
      }
}

TEST_CASE("wire: a ring all_reduce is a ring reduce_scatter and a ring all_gather of the blocks one further") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    with_blocks(p, [&](wire::blocks const& of) {
      sizes shifted(p);
      for (std::size_t i = 0; i != p; ++i) shifted[i] = of[i + 1];
      wire::blocks const next = wire::blocks::of({shifted.data(), p});
      for (std::size_t r = 0; r != p; ++r)
        CHECK(wire::sent_bytes(wire::all_reduce::ring(of), r) ==
              wire::sent_bytes(wire::reduce_scatter::ring(next), r) + wire::sent_bytes(wire::all_gather::ring(next), r));
    });
}

TEST_CASE("wire: algorithms of broadcast, for every root") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    for (std::size_t root = 0; root != p; ++root) {
      namespace broadcast = wire::broadcast;
      INFO(p << " ranks, root " << root);
      for (std::size_t const segment : {0U, 30U}) {
        broadcasts(broadcast::linear(p, 100, root, segment), 100, root);
        broadcasts(broadcast::chain(p, 100, root, segment), 100, root);
        broadcasts(broadcast::chain(wire::trees::chain(p, 4), 100, root, segment), 100, root);
        broadcasts(broadcast::binary(p, 100, root, segment), 100, root);
        broadcasts(broadcast::low_bit_binomial(p, 100, root, segment), 100, root);
        broadcasts(broadcast::high_bit_binomial(p, 100, root, segment), 100, root);
        broadcasts(broadcast::k_nomial(p, 100, root, segment), 100, root);
        broadcasts(broadcast::split_binary(p, 100, root, segment, 4), 100, root);
      }
      for (std::size_t const bytes : {100U, 132U, 127U, 5U}) {
        broadcasts(broadcast::scatter_all_gather_by_doubling(p, bytes, root), bytes, root);
        broadcasts(broadcast::scatter_all_gather_ring(p, bytes, root), bytes, root);
      }
    }
}

TEST_CASE("wire: algorithms of reduce, for every root") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    for (std::size_t root = 0; root != p; ++root) {
      namespace reduce = wire::reduce;
      INFO(p << " ranks, root " << root);
      for (std::size_t const segment : {0U, 30U}) {
        reduces(reduce::linear(p, 100, root, segment), 100, root);
        reduces(reduce::chain(p, 100, root, segment), 100, root);
        reduces(reduce::chain(wire::trees::chain(p, 4), 100, root, segment), 100, root);
        reduces(reduce::binary(p, 100, root, segment), 100, root);
        reduces(reduce::low_bit_binomial(p, 100, root, segment), 100, root);
        reduces(reduce::in_order_binary(p, 100, root, segment), 100, root);
      }
      for (std::size_t const bytes : {100U, 35U}) reduces(reduce::rabenseifner(p, bytes, root), bytes, root);
      reduces(reduce::rabenseifner(p, 400, root, 4), 400, root);
    }
}

TEST_CASE("wire: algorithms of gather and scatter, for every root, are each other backwards") {
  for (std::size_t p = 1; p <= most_ranks; ++p)
    with_blocks(p, [&](wire::blocks const& of) {
      for (std::size_t root = 0; root != p; ++root) {
        INFO("root " << root);
        auto const gathered = [&](auto const& s) {
          outcome const o = obeys(s);
          for (std::size_t r = 0; r != p; ++r)
            if (r != root) CHECK(o.by_rank[r].sent_bytes >= of[r]);
          CHECK(o.by_rank[root].received_bytes >= of.total() - of[root]);
          return o;
        };
        outcome const linear = gathered(wire::gather::linear(of, root));
        outcome const binomial = gathered(wire::gather::low_bit_binomial(of, root));
        gathered(wire::gather::linear_with_sync(of, root));
        gathered(wire::gather::linear_with_sync(of, root, 5));
        CHECK(knows_all(binomial, root));
        auto const backwards = [&](outcome const& back, outcome const& o) {
          CHECK(back.rounds == o.rounds);
          for (std::size_t i = 0; i != p; ++i)
            for (std::size_t j = 0; j != p; ++j) CHECK(back.pairs[i * p + j] == o.pairs[j * p + i]);
        };
        backwards(obeys(wire::scatter::linear(of, root)), linear);
        outcome const scattered = obeys(wire::scatter::low_bit_binomial(of, root));
        backwards(scattered, binomial);
        CHECK(all_know(scattered, root));
      }
    });
}

TEST_CASE("wire: algorithms of all_to_all") {
  for (std::size_t p = 1; p <= most_ranks; ++p) {
    namespace all_to_all = wire::all_to_all;
    INFO(p << " ranks");
    sizes matrix(p * p);
    for (std::size_t i = 0; i != p * p; ++i) matrix[i] = 7 * i % 5;
    for (all_to_all::pair_bytes const& of : {all_to_all::pair_bytes::equal(6, p), all_to_all::pair_bytes::of({matrix.data(), p * p}, p)}) {
      auto const exchanged = [&](auto const& s) {
        outcome const o = obeys(s);
        bool equal = true;
        for (std::size_t i = 0; i != p; ++i)
          for (std::size_t j = 0; j != p; ++j) equal = equal && (i == j || o.pairs[i * p + j] == of(i, j));
        CHECK(equal);
      };
      exchanged(all_to_all::linear(of));
      exchanged(all_to_all::linear(of, 3));
      exchanged(all_to_all::pairwise(of));
      if (std::has_single_bit(p)) exchanged(all_to_all::pairwise_xor(of));
      if (p == 2) exchanged(all_to_all::two_proc(of));
    }
    outcome const bruck = obeys(all_to_all::bruck(6, p));
    CHECK(bruck.rounds == ceil_lg(p));
    CHECK(all_know_all(bruck));
    for (wire::rank_traffic const& one : bruck.by_rank) CHECK(one.sent_bytes >= 6 * (p - 1));
  }
}

TEST_CASE("wire: after a barrier all know of all") {
  for (std::size_t p = 1; p <= most_ranks; ++p) {
    INFO(p << " ranks");
    auto const meets = [](auto const& s) {
      outcome const o = obeys(s);
      CHECK(o.total() == 0);
      CHECK(all_know_all(o));
      return o;
    };
    meets(wire::barrier::linear(p));
    meets(wire::barrier::double_ring(p));
    meets(wire::barrier::recursive_doubling(p));
    CHECK(meets(wire::barrier::dissemination(p)).rounds == ceil_lg(p));
    meets(wire::barrier::low_bit_binomial(p));
    if (p == 2) meets(wire::barrier::two_proc(p));
  }
}

TEST_CASE("wire: a send and its recv are one message") {
  for (std::size_t from = 0; from != 4; ++from)
    for (std::size_t to = 0; to != 4; ++to) {
      outcome const sent = obeys(wire::point_to_point::send(4, from, to, 9));
      CHECK(sent.messages == obeys(wire::point_to_point::recv(4, to, from, 9)).messages);
      CHECK(sent.total() == (from == to ? 0U : 9U));
    }
}

TEST_CASE("wire: what switches send ranks receive, and the other way round") {
  for (std::size_t p = 1; p <= most_ranks; ++p) {
    auto const through_a_switch = [&](auto const& s) {
      std::vector<wire::rank_traffic> all(p + 1);
      for (std::size_t rank = 0; rank <= p; ++rank)
        s.sends_of(rank, [&](wire::message const& m) {
          REQUIRE((m.from == rank && m.to <= p && m.to != rank));
          all[rank].sent_bytes += m.bytes;
          ++all[rank].sent_messages;
          all[m.to].received_bytes += m.bytes;
          ++all[m.to].received_messages;
        });
      for (std::size_t rank = 0; rank != p; ++rank) CHECK(wire::traffic_of(s, rank) == all[rank]);
      if (p == 1) CHECK(all[0] == wire::rank_traffic{});
      return all;
    };
    with_blocks(p, [&](wire::blocks const& of) {
      std::size_t const n = of.total();
      auto const reduced = through_a_switch(wire::all_reduce::nvls(of));
      auto const gathered = through_a_switch(wire::all_gather::nvls(of));
      auto const scattered = through_a_switch(wire::reduce_scatter::nvls(of));
      for (std::size_t r = 0; p > 1 && r != p; ++r) {
        CHECK(reduced[r] == wire::rank_traffic{n + of[r], n + of[r], 2, 2});
        CHECK(gathered[r] == wire::rank_traffic{of[r], n, 1, 1});
        CHECK(scattered[r] == wire::rank_traffic{n, of[r], 1, 1});
      }
    });
    for (std::size_t g = 1; g <= p; ++g)
      if (p % g == 0 && p > 1) {
        auto const all = through_a_switch(wire::all_reduce::coll_net(p, 120, g));
        CHECK(all[p].received_bytes == p / g * 120);
        for (std::size_t r = 0; r + g <= p; r += g) {
          std::size_t of_node = 0;
          for (std::size_t i = r; i != r + g; ++i) of_node += all[i].sent_bytes;
          CHECK(of_node == 2 * (g - 1) * 120 + 120);
        }
      }
  }
}

TEST_CASE("wire: more bytes are never fewer bytes on the wire") {
  // Van de Geijn's broadcast is left out: its blocks are ceil(N / p), so that a byte more can leave the last ranks without a block.
  for (std::size_t p = 1; p <= most_ranks; ++p) {
    INFO(p << " ranks");
    auto const grows = [&](auto make) {
      sizes last(p);
      for (std::size_t n = p; n <= p + 40; ++n) {
        auto const s = make(n);
        for (std::size_t r = 0; r != p; ++r) {
          std::size_t const now = wire::sent_bytes(s, r);
          CHECK(now >= last[r]);
          last[r] = now;
        }
      }
    };
    auto const of = [p](std::size_t n) { return wire::blocks::of_vector(n, p); };
    grows([&](std::size_t n) { return wire::all_reduce::ring(of(n)); });
    grows([&](std::size_t n) { return wire::all_reduce::recursive_doubling(p, n); });
    grows([&](std::size_t n) { return wire::all_reduce::rabenseifner(p, n); });
    grows([&](std::size_t n) { return wire::all_reduce::double_binary_tree(p, n); });
    grows([&](std::size_t n) { return wire::all_reduce::two_level(p, n, p % 2 == 0 ? 2 : 1); });
    grows([&](std::size_t n) { return wire::all_gather::bruck(of(n)); });
    grows([&](std::size_t n) { return wire::all_gather::pat(of(n)); });
    grows([&](std::size_t n) { return wire::reduce_scatter::recursive_halving(of(n)); });
    grows([&](std::size_t n) { return wire::reduce_scatter::butterfly(of(n)); });
    grows([&](std::size_t n) { return wire::broadcast::binary(p, n); });
    grows([&](std::size_t n) { return wire::broadcast::split_binary(p, n + 2); });
    grows([&](std::size_t n) { return wire::reduce::rabenseifner(p, n, p / 2); });
    grows([&](std::size_t n) { return wire::gather::low_bit_binomial(of(n)); });
    grows([&](std::size_t n) { return wire::all_to_all::bruck(n, p); });
  }
}

TEST_CASE("wire: 1024 ranks by closed form") {
  constexpr std::size_t p = 1024;
  wire::blocks const of = wire::blocks::of_vector(1'000'003, p);
  auto const balanced = [&](auto const& s) {
    std::size_t sent = 0;
    std::size_t received = 0;
    for (std::size_t rank = 0; rank != p; ++rank) {
      wire::rank_traffic const all = wire::traffic_of(s, rank);
      sent += all.sent_bytes;
      received += all.received_bytes;
      if (rank % 341 == 0) CHECK(wire::sent_bytes(wire::folded(s), rank) == all.sent_bytes);
    }
    CHECK(sent == received);
    return sent;
  };
  std::size_t const n = of.total();
  CHECK(balanced(wire::all_reduce::ring(of)) == 2 * (p - 1) * n);
  CHECK(balanced(wire::all_reduce::recursive_doubling(p, n)) == p * 10 * n);
  CHECK(balanced(wire::all_reduce::rabenseifner(p, n)) == 2 * (p - 1) * n);
  CHECK(balanced(wire::all_reduce::double_binary_tree(p, n)) == 2 * (p - 1) * n);
  CHECK(balanced(wire::all_gather::ring(of)) == (p - 1) * n);
  CHECK(balanced(wire::all_gather::recursive_doubling(of)) == (p - 1) * n);
  CHECK(balanced(wire::all_gather::bruck(of)) == (p - 1) * n);
  CHECK(balanced(wire::all_gather::pat(of)) == (p - 1) * n);
  CHECK(balanced(wire::reduce_scatter::ring(of)) == (p - 1) * n);
  CHECK(balanced(wire::reduce_scatter::recursive_halving(of)) == (p - 1) * n);
  CHECK(balanced(wire::broadcast::high_bit_binomial(p, n, 77)) == (p - 1) * n);
  CHECK(balanced(wire::reduce::low_bit_binomial(p, n, 77)) == (p - 1) * n);
  CHECK(balanced(wire::all_to_all::bruck(3, p)) == p * 3 * p / 2 * 10);
  CHECK(balanced(wire::all_to_all::pairwise(wire::all_to_all::pair_bytes::equal(3, p))) == p * (p - 1) * 3);
}
