// SPDX-License-Identifier: BSL-1.0
// The calls of whole training steps, through the operators and the recorder, against what each rank of a real run put on its sockets.
#include <commfold/wire/gloo/calls.hpp>

#include <tests/runtime/wire/gloo_traffic.hpp>
#include <tests/runtime/wire/recorded_calls.hpp>
#include <tests/support/each_row.hpp>
#include <tests/support/oracle.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using oracle::json;
using wire_test::gloo_traffic;
using numbers = std::vector<std::size_t>;

/// What all ranks of a run have put on the wire in a phase.
struct totals {
  explicit totals(std::size_t world = 0) : bytes(world, 0), payload(world, 0), sent(world, 0), received(world, 0) {}

  void add(std::size_t rank, gloo_traffic const& more) {
    bytes.at(rank) += more.socket_bytes();
    payload.at(rank) += more.all.sent_bytes;
    sent.at(rank) += more.all.sent_messages;
    received.at(rank) += more.all.received_messages;
  }
  [[nodiscard]] bool is_zero() const {
    return std::all_of(bytes.begin(), bytes.end(), [](std::size_t n) { return n == 0; });
  }

  numbers bytes, payload, sent, received;
};

bool is_summary(json const& row) { return row.contains("summary"); }
bool is_total(json const& row) { return row.contains("phase_total"); }

/// The ranks of the group that a call is over, of which `rank` is one.
numbers group_of(json const& summary, json const& row, std::size_t rank) {
  return summary.at("groups").at(row.at("mesh_dim").get<std::string>()).at(rank).get<numbers>();
}

std::size_t rank_in(numbers const& group, std::size_t rank) {
  auto const found = std::find(group.begin(), group.end(), rank);
  if (found == group.end()) throw std::runtime_error("a rank is not in the group of its call");
  return static_cast<std::size_t>(found - group.begin());
}

/// Records the call of a row. Functional operators name their groups, which have the size that the summary says.
void record(cf::call_log& log, json const& row, std::size_t ranks) {
  std::string const op = row.at("op").get<std::string>();
  cf::call_arguments call;
  for (json const& argument : row.at("args")) call.args.push_back(oracle::value_of(argument));
  if (row.contains("kwargs"))
    for (auto const& [key, held] : row.at("kwargs").items()) throw std::runtime_error("no row had keyword arguments: " + key + held.dump());
  cf::dynamic_op const found = cf::find_op(op);
  json const& group = row.at("args").at(found.group().value());
  if (group.is_string())
    call.groups.emplace_back(group.get<std::string>(), ranks);
  else if (group.at("size").get<std::size_t>() != ranks)
    throw std::runtime_error("the group of a call is not that of the summary");
  wire_test::record(log, op, call);
}

/// The vector of an all_reduce that no dispatch mode saw: all ranks together send 2 (p - 1) times its bytes.
std::size_t bytes_of_unrecorded(json const& row) {
  std::size_t all = 0;
  for (json const& one : row.at("payload")) all += one.get<std::size_t>();
  return all / (2 * (row.at("ranks").size() - 1));
}

}  // namespace

TEST_CASE("every call and every phase of the steps over gloo puts the measured bytes on the wire", "[wire][gloo][oracle]") {
  std::vector<json> const rows = oracle::rows("gloo_steps.jsonl");
  std::map<std::string, json> summaries;
  for (json const& row : rows)
    if (is_summary(row)) summaries.emplace(row.at("config").get<std::string>(), row);

  std::map<std::pair<std::string, std::string>, totals> ours;
  std::map<std::string, std::size_t> told;
  std::size_t answers = 0;
  oracle::compare_each(rows, [&](json const& row) {
    if (is_summary(row)) return static_cast<void>(++told["summaries"]);
    if (is_total(row)) return;
    json const& summary = summaries.at(row.at("config").get<std::string>());
    std::size_t const world = row.at("world").get<std::size_t>();
    totals& phase = ours.try_emplace({row.at("config").get<std::string>(), row.at("phase").get<std::string>()}, world).first->second;
    numbers const callers = row.at("ranks").get<numbers>();
    for (std::size_t i = 0; i != callers.size(); ++i) {
      numbers const group = group_of(summary, row, callers[i]);
      std::size_t const rank = rank_in(group, callers[i]);
      gloo_traffic traffic(group.size(), rank);
      auto const use = [&](auto const& schedule) { traffic.add(schedule); };
      if (row.contains("unrecorded")) {
        CHECK(row.at("op") == "c10d::allreduce_.default");
        use(cf::gloo::all_reduce(bytes_of_unrecorded(row), group.size(), 4));
      } else {
        cf::call_log log;
        record(log, row, group.size());
        REQUIRE(log.calls().size() == 1);
        cf::gloo::schedules_of(log.calls()[0], rank, use);
      }
      CHECK(traffic.schedules > 0);
      phase.add(callers[i], traffic);
      if (!row.contains("bytes")) continue;
      CHECK(traffic.socket_bytes() == row.at("bytes").at(i).get<std::size_t>());
      CHECK(traffic.all.sent_bytes == row.at("payload").at(i).get<std::size_t>());
      CHECK(traffic.all.sent_messages == row.at("data_msgs").at(i).get<std::size_t>());
      CHECK(traffic.all.received_messages == row.at("recv_msgs").at(i).get<std::size_t>());
      ++answers;
    }
    if (row.contains("unrecorded"))
      ++told["calls that no dispatch mode saw"];
    else if (row.contains("bytes"))
      ++told["calls"];
    else
      ++told["sends and receives, in the totals of their phases"];
  });

  std::vector<json> measured;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(measured), is_total);
  oracle::compare_each(measured, [&](json const& row) {
    auto const found = ours.find({row.at("config").get<std::string>(), row.at("phase").get<std::string>()});
    REQUIRE(found != ours.end());
    totals const& phase = found->second;
    CHECK(phase.bytes == row.at("bytes").get<numbers>());
    CHECK(phase.payload == row.at("payload").get<numbers>());
    CHECK(phase.sent == row.at("data_msgs").get<numbers>());
    CHECK(phase.received == row.at("recv_msgs").get<numbers>());
    ++told["totals of phases"];
    ours.erase(found);
  });
  // A phase without a total put nothing on the wire.
  for (auto const& [where, phase] : ours) {
    INFO(where.first << ", " << where.second);
    CHECK(phase.is_zero());
  }

  std::size_t all = 0;
  std::cout << "gloo_steps.jsonl: " << rows.size() << " rows, " << answers << " numbers of ranks\n";
  for (auto const& [what, n] : told) {
    std::cout << "  " << n << " " << what << '\n';
    all += n;
  }
  CHECK(all == rows.size());
}
