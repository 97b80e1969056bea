// SPDX-License-Identifier: BSL-1.0
// What real processes of Open MPI sent, row by row: one rank in one collective under one algorithm. Algorithms, numbers of ranks and sizes
// are those that the rows name, so that other rows can be read from COMMFOLD_ORACLE_DIR.
#include <commfold/wire/openmpi.hpp>

#include <tests/support/each_row.hpp>
#include <tests/support/openmpi_calls.hpp>
#include <tests/support/tsv_rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;
using oracle::json;

constexpr char const* file = "openmpi_sent_bytes.tsv";

std::vector<json> measured() {
  return oracle::rows_in_table(oracle::path_of(COMMFOLD_TEST_DATA, file).string(),
                               {"collective", "algorithm", "algorithm_name", "segmentsize", "p", "bytes", "bytes_means", "rank",
                                "bytes_sent", "msgs_sent", "bytes_to_each_peer"});
}

std::size_t number(json const& row, char const* column) { return oracle::whole_number_of(row.at(column)); }
std::string text(json const& row, char const* column) { return row.at(column).get<std::string>(); }

std::vector<std::size_t> numbers(std::string const& list) {
  std::vector<std::size_t> all;
  std::istringstream cells(list);
  for (std::string cell; std::getline(cells, cell, ',');) all.push_back(oracle::whole_number_of(json(cell)));
  return all;
}

/// The measured call, with the sizes that alltoallv has for each pair.
struct measured_call {
  std::vector<std::size_t> matrix;
  openmpi::call call;
  openmpi::parameters with;
};

measured_call call_of(json const& row) {
  measured_call m;
  m.call.what = openmpi::collective_named(text(row, "collective"));
  m.call.ranks = number(row, "p");
  m.call.bytes = number(row, "bytes");
  if (!oracle::means_what_we_take(m.call.what, text(row, "bytes_means")))
    throw std::runtime_error("oracle: nothing is known of bytes that mean '" + text(row, "bytes_means") + "'");
  m.with.algorithm = openmpi::algorithm_named(m.call.what, text(row, "algorithm_name"));
  if (m.with.algorithm != number(row, "algorithm"))
    throw std::runtime_error("oracle: the algorithm's number and name are of two algorithms");
  m.with.segment_size = number(row, "segmentsize");
  if (m.call.what == openmpi::collective::alltoallv)
    for (std::size_t i = 0; i != m.call.ranks; ++i)
      for (std::size_t j = 0; j != m.call.ranks; ++j) m.matrix.push_back(oracle::sent_in_alltoallv(m.call.bytes, m.call.ranks, i, j));
  return m;
}

template <class Use>
auto with_schedule(measured_call const& m, Use use) {
  openmpi::call c = m.call;
  c.counts = {m.matrix.data(), m.matrix.size()};
  return openmpi::with_schedule(c, m.with, use);
}

struct answer {
  std::size_t bytes = 0, messages = 0;
  std::vector<std::size_t> to_each;
  friend bool operator==(answer const&, answer const&) = default;
};

/// What a rank sends, asked of closed forms where the schedule has them, and of its messages.
answer closed(measured_call const& m, std::size_t rank) {
  return with_schedule(m, [&](auto const& s) {
    wire::rank_traffic const all = wire::traffic_of(s, rank);
    answer ours{all.sent_bytes, all.sent_messages, {}};
    for (std::size_t to = 0; to != s.ranks(); ++to) ours.to_each.push_back(wire::sent_bytes(s, rank, to));
    return ours;
  });
}
answer folded(measured_call const& m, std::size_t rank) {
  return with_schedule(m, [&](auto const& s) {
    answer ours{0, 0, std::vector<std::size_t>(s.ranks())};
    s.sends_of(rank, [&](wire::message const& sent) {
      ours.bytes += sent.bytes;
      ++ours.messages;
      ours.to_each.at(sent.to) += sent.bytes;
    });
    return ours;
  });
}

}  // namespace

TEST_CASE("Open MPI: what each rank sends, to whom, in how many messages") {
  std::vector<json> const rows = measured();
  std::map<std::string, std::size_t> compared;
  oracle::compare_each(rows, [&](json const& row) {
    measured_call const m = call_of(row);
    std::size_t const rank = number(row, "rank");
    answer const theirs{number(row, "bytes_sent"), number(row, "msgs_sent"), numbers(text(row, "bytes_to_each_peer"))};
    REQUIRE(theirs.to_each.size() == m.call.ranks);
    answer const ours = closed(m, rank);
    CHECK(ours.bytes == theirs.bytes);
    CHECK(ours.messages == theirs.messages);
    CHECK(ours.to_each == theirs.to_each);
    CHECK(folded(m, rank) == ours);
    ++compared[text(row, "collective")];
  });
  std::size_t all = 0;
  for (auto const& [collective, count] : compared) {
    std::cout << file << ": " << collective << ": compared " << count << " rows\n";
    all += count;
  }
  std::cout << file << ": compared " << all << " rows of " << rows.size() << '\n';
  CHECK(all == rows.size());
}

TEST_CASE("Open MPI: what each rank receives is the sum of what the others send it") {
  std::vector<json> const rows = measured();
  struct experiment {
    json row;
    std::vector<std::size_t> received;
    std::size_t ranks_seen = 0;
  };
  std::map<std::string, experiment> experiments;
  for (json const& row : rows) {
    std::string key;
    for (char const* column : {"collective", "algorithm", "segmentsize", "p", "bytes"}) key += text(row, column) + ' ';
    experiment& e = experiments[key];
    e.row = row;
    e.received.resize(number(row, "p"));
    ++e.ranks_seen;
    std::vector<std::size_t> const sent = numbers(text(row, "bytes_to_each_peer"));
    for (std::size_t to = 0; to != sent.size() && to != e.received.size(); ++to) e.received[to] += sent[to];
  }
  std::size_t compared = 0;
  std::size_t incomplete = 0;
  for (auto const& [key, e] : experiments) {
    INFO(key);
    // What a rank receives is known where all have a row.
    if (e.ranks_seen != e.received.size()) {
      ++incomplete;
      continue;
    }
    measured_call const m = call_of(e.row);
    for (std::size_t rank = 0; rank != m.call.ranks; ++rank, ++compared)
      CHECK(with_schedule(m, [&](auto const& s) { return wire::received_bytes(s, rank); }) == e.received[rank]);
  }
  std::cout << file << ": compared what " << compared << " ranks received; " << incomplete << " experiments have no row of some rank\n";
  if (oracle::reads_own(file)) {
    CHECK(compared == rows.size());
    CHECK(incomplete == 0);
  }
}

TEST_CASE("Open MPI: names") {
  CHECK(openmpi::name_of(openmpi::collective::reduce_scatter_block) == "reduce_scatter_block");
  CHECK(openmpi::name_of(openmpi::collective::bcast, 9) == "scatter_allgather_ring");
  CHECK(openmpi::name_of(openmpi::collective::bcast, 10).empty());
  CHECK_THROWS_AS(openmpi::collective_named("allreduces"), cf::invalid_argument);
  CHECK_THROWS_AS(openmpi::algorithm_named(openmpi::collective::allreduce, "rings"), cf::invalid_argument);
}
