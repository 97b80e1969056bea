// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/chrome_trace.hpp>

#include <commfold/trace/path_log.hpp>

#include <tests/support/report_steps.hpp>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;

namespace {

std::string const head = R"json({
  "displayTimeUnit": "ms",
  "otherData": {"commfold_trace": 1, "time": "none is known: the calls stand one after the other, in the order in which they are made", "unit": "1 us is 1 KiB of message bytes, begun or full; a call without any is 1 us"},
  "traceEvents": [
    {"name": "process_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": "calls in order; a width is message bytes, not time"}},
    {"name": "thread_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": "phases"}})json";

/// The phase events of a log, as "B a@0 E a@1".
std::string phases_of(cf::call_log const& log) {
  std::string events;
  auto const trace = nlohmann::json::parse(cf::chrome_trace(log));
  for (auto const& event : trace["traceEvents"])
    if (event.value("cat", "") == "phase")
      events += (events.empty() ? "" : " ") + event["ph"].get<std::string>() + " " + event["name"].get<std::string>() + "@" +
                std::to_string(event["ts"].get<std::size_t>());
  return events;
}

}  // namespace

// 1000 B are 1 us, 500 000 B 489 (488.3 KiB), a barrier 1, 298 000 B 292 (291.02 KiB).
TEST_CASE("trace events of a small step, to the character", "[report]") {
  CHECK(cf::chrome_trace(cf::log(reported::step)) == head + R"json(,
    {"name": "thread_name", "ph": "M", "pid": 1, "tid": 2, "args": {"name": "dp (4)"}},
    {"name": "thread_name", "ph": "M", "pid": 1, "tid": 3, "args": {"name": "tp (2)"}},
    {"name": "forward", "cat": "phase", "ph": "B", "pid": 1, "tid": 1, "ts": 0},
    {"name": "_c10d_functional::all_gather_into_tensor", "cat": "call", "ph": "X", "pid": 1, "tid": 2, "ts": 0, "dur": 1, "args": {"call": 0, "group": "dp", "group_size": 4, "phase": "forward", "dtype": "uint8", "input_bytes": 250, "output_bytes": 1000, "message_bytes": 1000}},
    {"name": "_c10d_functional::all_gather_into_tensor", "cat": "call", "ph": "X", "pid": 1, "tid": 2, "ts": 1, "dur": 1, "args": {"call": 1, "group": "dp", "group_size": 4, "phase": "forward", "dtype": "uint8", "input_bytes": 250, "output_bytes": 1000, "message_bytes": 1000}},
    {"name": "_c10d_functional::all_gather_into_tensor", "cat": "call", "ph": "X", "pid": 1, "tid": 2, "ts": 2, "dur": 489, "args": {"call": 2, "group": "dp", "group_size": 4, "phase": "forward", "dtype": "uint8", "input_bytes": 125000, "output_bytes": 500000, "message_bytes": 500000}},
    {"name": "forward", "cat": "phase", "ph": "E", "pid": 1, "tid": 1, "ts": 491},
    {"name": "c10d::barrier", "cat": "call", "ph": "X", "pid": 1, "tid": 2, "ts": 491, "dur": 1, "args": {"call": 3, "group": "dp", "group_size": 4, "phase": "", "input_bytes": 0, "output_bytes": 0, "message_bytes": 0}},
    {"name": "backward", "cat": "phase", "ph": "B", "pid": 1, "tid": 1, "ts": 492},
    {"name": "layer", "cat": "phase", "ph": "B", "pid": 1, "tid": 1, "ts": 492},
    {"name": "_c10d_functional::reduce_scatter_tensor", "cat": "call", "ph": "X", "pid": 1, "tid": 3, "ts": 492, "dur": 292, "args": {"call": 4, "group": "tp", "group_size": 2, "phase": "backward/layer", "dtype": "uint8", "input_bytes": 298000, "output_bytes": 149000, "message_bytes": 298000}},
    {"name": "layer", "cat": "phase", "ph": "E", "pid": 1, "tid": 1, "ts": 784},
    {"name": "backward", "cat": "phase", "ph": "E", "pid": 1, "tid": 1, "ts": 784}
  ]
}
)json");
  CHECK(cf::chrome_trace(cf::call_log()) == head + "\n  ]\n}\n");
}

TEST_CASE("trace events have the path of a call", "[report]") {
  auto const log = cf::log([](auto& comm) { comm.barrier(reported::dp); });
  cf::path_log paths;
  paths.add({log.calls()[0], "layers[3].wq"}, 1);
  auto const events = nlohmann::json::parse(cf::chrome_trace(paths))["traceEvents"];
  CHECK(events.back()["args"]["path"] == "layers[3].wq");
}

TEST_CASE("two groups of one name are two tracks", "[report]") {
  auto const trace = nlohmann::json::parse(cf::chrome_trace(cf::log([](auto& comm) {
    comm.barrier(cf::process_group<"g", 2>{});
    comm.barrier(cf::process_group<"g", 3>{});
    comm.barrier(cf::process_group<"g", 2>{});
  })));
  auto const& events = trace["traceEvents"];
  REQUIRE(events.size() == 7);
  CHECK(events[2]["args"]["name"] == "g (2)");
  CHECK(events[3]["args"]["name"] == "g (3)");
  CHECK(events[4]["tid"] == 2);
  CHECK(events[5]["tid"] == 3);
  CHECK(events[6]["tid"] == 2);
}

TEST_CASE("phases of trace events nest", "[report]") {
  CHECK(phases_of(cf::log([](auto& comm) {
          comm.phase("a", [&] {
            comm.phase("b", [&] { comm.barrier(reported::dp); });
            comm.phase("c", [&] { comm.barrier(reported::dp); });
            comm.barrier(reported::dp);
          });
          comm.phase("b", [&] { comm.barrier(reported::dp); });
          comm.barrier(reported::dp);
          comm.phase("bb", [&] { comm.barrier(reported::dp); });
        })) == "B a@0 B b@0 E b@1 B c@1 E c@2 E a@3 B b@3 E b@4 B bb@5 E bb@6");
}

TEST_CASE("a width is a KiB, begun or full", "[report]") {
  std::vector<std::size_t> widths;
  auto const trace = nlohmann::json::parse(cf::chrome_trace(cf::log([](auto& comm) {
    comm.send(reported::block<1>{}, 0, reported::dp);
    comm.send(reported::block<1024>{}, 0, reported::dp);
    comm.send(reported::block<1025>{}, 0, reported::dp);
    comm.send(reported::block<std::size_t{1} << 63>{}, 0, reported::dp);
  })));
  for (auto const& event : trace["traceEvents"])
    if (event["ph"] == "X") widths.push_back(event["dur"]);
  CHECK(widths == std::vector<std::size_t>{1, 1, 2, std::size_t{1} << 53});
}
