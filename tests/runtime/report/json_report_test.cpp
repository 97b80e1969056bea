// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/json_report.hpp>

#include <commfold/trace/path_log.hpp>

#include <tests/support/report_steps.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace cf = commfold;

namespace {

std::string const head = R"({
  "commfold_report": 1,
  "totals": {"calls": 5, "input_bytes": 423500, "output_bytes": 651000, "message_bytes": 800000},
  "rows": [
    {"operator": "_c10d_functional::all_gather_into_tensor", "group": "dp", "group_size": 4, "phase": "forward", "dtype": "uint8", "calls": 2, "input_bytes": 250, "output_bytes": 1000, "message_bytes": 1000},
    {"operator": "_c10d_functional::all_gather_into_tensor", "group": "dp", "group_size": 4, "phase": "forward", "dtype": "uint8", "calls": 1, "input_bytes": 125000, "output_bytes": 500000, "message_bytes": 500000},
    {"operator": "c10d::barrier", "group": "dp", "group_size": 4, "phase": "", "dtype": null, "calls": 1, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0},
    {"operator": "_c10d_functional::reduce_scatter_tensor", "group": "tp", "group_size": 2, "phase": "backward/layer", "dtype": "uint8", "calls": 1, "input_bytes": 298000, "output_bytes": 149000, "message_bytes": 298000}
  ])";

/// How one phase is spelled.
std::string spelled(std::string_view phase) {
  std::string const report = cf::json_report(cf::trace([&](auto& comm) { comm.phase(phase, [&] { comm.barrier(reported::dp); }); }));
  std::size_t const begin = report.find("\"phase\": ") + 9;
  return report.substr(begin, report.find(", \"dtype\"") - begin);
}

}  // namespace

TEST_CASE("JSON of a ledger, to the character", "[report]") {
  CHECK(cf::json_report(cf::trace(reported::step)) == head + "\n}\n");
  CHECK(cf::json_report(cf::trace<cf::dyn>(reported::step)) == head + "\n}\n");
  CHECK(cf::json_report(cf::ledger<>()) == R"({
  "commfold_report": 1,
  "totals": {"calls": 0, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0},
  "rows": []
}
)");
}

TEST_CASE("JSON of a ledger and a log, to the character", "[report]") {
  auto const traffic = cf::trace([](auto& comm) { comm.repeat(2, [&] { comm.barrier(reported::tp); }); });
  auto const log = cf::log([](auto& comm) { comm.repeat(2, [&] { comm.barrier(reported::tp); }); });
  std::string const expected = R"({
  "commfold_report": 1,
  "totals": {"calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0},
  "rows": [
    {"operator": "c10d::barrier", "group": "tp", "group_size": 2, "phase": "", "dtype": null, "calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0}
  ],
  "calls": [
    {"operator": "c10d::barrier", "group": "tp", "group_size": 2, "phase": "", "dtype": null, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0},
    {"operator": "c10d::barrier", "group": "tp", "group_size": 2, "phase": "", "dtype": null, PATH"input_bytes": 0, "output_bytes": 0, "message_bytes": 0}
  ]
}
)";
  auto const with_path = [&](std::string const& path) { return std::string(expected).replace(expected.find("PATH"), 4, path); };
  CHECK(cf::json_report(traffic, log) == with_path(""));

  cf::path_log paths;
  paths.add({log.calls()[0], ""}, 1);
  paths.add({log.calls()[1], "layers[3].wq"}, 1);
  CHECK(cf::json_report(traffic, paths) == with_path("\"path\": \"layers[3].wq\", "));
  CHECK(cf::json_report(cf::ledger<>(), cf::call_log()).ends_with("  \"rows\": [],\n  \"calls\": []\n}\n"));
}

TEST_CASE("JSON tells how calls divide among the ranks", "[report]") {
  constexpr std::size_t in[] = {0, 1, 2}, out[] = {3, 0, 0}, two[] = {4, 5};
  auto const ending_of = [](cf::call_summary const& call, cf::parts_view const& parts) {
    cf::ledger_row const row(cf::call_record(call, "", parts), 1);
    std::string const report = cf::json_report(cf::ledger<1>(std::span<cf::ledger_row const>(&row, 1)));
    std::string const last = "\"message_bytes\": 9";
    std::size_t const begin = report.rfind(last) + last.size();
    return report.substr(begin, report.find('\n', begin) - begin);
  };
  cf::call_summary const plain{"c10d::x", cf::collective_kind::all_to_all, "dp", 3, cf::u8, {9, 9, 9}, {}, {}, false};
  auto rooted = plain, sent = plain, list = plain;
  rooted.root = 0;
  sent.peer = 2;
  list.several = true;
  CHECK(ending_of(plain, {}) == "}");
  CHECK(ending_of(rooted, {}) == R"(, "root": 0})");
  CHECK(ending_of(sent, {}) == R"(, "peer": 2})");
  CHECK(ending_of(list, {{}, {}, true, {two, 2}}) == R"(, "several": true, "tensor_parts": [4, 5]})");
  CHECK(ending_of(plain, {{in, 3}, {out, 3}, true, {}}) == R"(, "input_parts": [0, 1, 2], "output_parts": [3, 0, 0]})");
  CHECK(ending_of(plain, {{}, {}, false, {}}) == R"(, "parts_kept": false})");
}

TEST_CASE("JSON escapes what it must, and nothing else", "[report]") {
  CHECK(spelled("a/b") == R"("a/b")");
  CHECK(spelled("say \"x\" \\ y") == R"("say \"x\" \\ y")");
  CHECK(spelled("\n\t\x01\x1f\x7f") == "\"\\u000a\\u0009\\u0001\\u001f\\u007f\"");
  CHECK(spelled(std::string_view("\0", 1)) == R"("\u0000")");
  CHECK(spelled("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80") == "\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"");
  CHECK(spelled("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF") == "\"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\"");
}

TEST_CASE("JSON is UTF-8, and a name that is not is refused", "[report]") {
  // A byte alone, a character cut short, long spellings of short ones, a surrogate, and what is above U+10FFFF.
  for (std::string_view const name : {"\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC0\xAF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                                      "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3(", "\xE2(\xA1", "\xF0\x9F(\x80"})
    CHECK_THROWS_AS(spelled(name), cf::invalid_argument);
  CHECK_THROWS_WITH(spelled("a\"\xFFz"),
                    "commfold::json_report: the name 'a\"\\xffz' is not UTF-8, which JSON is written in; spell it in UTF-8");
}

TEST_CASE("JSON of a log of another step is refused", "[report]") {
  CHECK_THROWS_WITH(
      cf::json_report(cf::trace(reported::step), cf::log([](auto& comm) { comm.barrier(reported::dp); })),
      "commfold::json_report: the log has 1 calls with 0 message bytes, 0 in and 0 out, the ledger 5 calls with 800000 message "
      "bytes, 423500 in and 651000 out; give a ledger and a log of one step");
}
