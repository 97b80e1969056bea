// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/log.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace cf = commfold;

namespace {

constexpr cf::process_group<"dp", 4> dp;

void kinds_of_call(auto& comm, std::size_t kinds) {
  for (std::size_t i = 0; i < kinds; ++i) comm.all_reduce(cf::tensor<cf::u8, cf::dyn>{i}, cf::sum, dp);
}

}  // namespace

TEST_CASE("a log holds every call in order", "[trace]") {
  auto const log = cf::log([](auto& comm) {
    comm.repeat(2, [&] {
      comm.phase("a", [&] { comm.barrier(dp); });
      comm.repeat(2, [&] { kinds_of_call(comm, 2); });
    });
  });
  std::string order;
  for (auto const& call : log.calls()) order += call.op() == "c10d::barrier" ? "|" : std::to_string(call.bytes().message_bytes);
  CHECK(order == "|0101|0101");
  CHECK(log.calls()[0].phase() == "a");
  CHECK(log.calls()[1].phase().empty());
}

// A sanitizer finds a log that moved.
TEST_CASE("a log that has room for a step does not move", "[trace]") {
  cf::call_log log;
  log.reserve(1000);
  cf::recorder comm(log);
  comm.barrier(dp);
  auto const first = log.calls().begin();
  comm.repeat(999, [&] { comm.barrier(dp); });
  CHECK(log.calls().size() == 1000);
  CHECK((*first).op() == "c10d::barrier");
}

TEST_CASE("a log is copied and moved by value", "[trace]") {
  cf::call_log copy, moved;
  {
    std::string const name(100, 'g');
    cf::call_log source;
    cf::recorder comm(source);
    comm.call(cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, cf::dynamic_group(name, 4));
    copy = source;
    comm.barrier(dp);
    moved = std::move(source);
  }
  REQUIRE(copy.calls().size() == 1);
  REQUIRE(moved.calls().size() == 2);
  CHECK(copy.calls()[0].group() == std::string(100, 'g'));
  CHECK(moved.calls()[0] == copy.calls()[0]);
  CHECK(moved.calls()[1].group() == "dp");
}

// Many names of many lengths, groups that change their name in place, phases that come back: each call has its own.
TEST_CASE("every call of a long log has its own names", "[trace]") {
  std::mt19937_64 random(7);
  std::vector<std::pair<std::string, std::string>> expected;  // the group and the phase
  auto const name = [&] { return std::string(1 + random() % 300, static_cast<char>('a' + random() % 3)); };
  auto const log = cf::log([&](auto& comm) {
    std::string name_of_group = name();
    for (int i = 0; i < 5'000; ++i) {
      if (random() % 3 == 0) name_of_group = name();
      std::string const phase = name();
      comm.phase(phase, [&] { comm.call(cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, cf::dynamic_group(name_of_group, 4)); });
      expected.emplace_back(name_of_group, phase);
    }
  });
  REQUIRE(log.calls().size() == expected.size());
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    wrong += log.calls()[i].group() != expected[i].first || log.calls()[i].phase() != expected[i].second;
  CHECK(wrong == 0);
  // As a ledger has them.
  cf::detail::open_ledger open;
  for (cf::call_record const& call : log.calls()) open.add(call, 1);
  cf::ledger<cf::dyn> const traffic(std::move(open));
  CHECK(traffic.calls() == expected.size());
  for (cf::ledger_row const& row : traffic.rows()) {
    std::size_t calls = 0;
    if (row.calls() == 1 && random() % 50 != 0) continue;  // a part of them is enough
    for (cf::call_record const& call : log.calls()) calls += call == row.call();
    wrong += calls != row.calls();
  }
  CHECK(wrong == 0);
}
