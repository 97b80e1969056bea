// SPDX-License-Identifier: BSL-1.0
// A JSON report that is read again: what comes back, and every refusal to the character.
#include <src/report_file.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/tensor/dtype.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_adapters.hpp>
#include <catch2/generators/catch_generators_random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;

namespace {

std::string const good = R"({
  "commfold_report": 1,
  "totals": {"calls": 3, "input_bytes": 120, "output_bytes": 480, "message_bytes": 480},
  "rows": [
    {"operator": "c10d::_allgather_base_", "group": "dp", "group_size": 4, "phase": "forward", "dtype": "bfloat16", "calls": 2, "input_bytes": 60, "output_bytes": 240, "message_bytes": 240},
    {"operator": "c10d::barrier", "group": "dp", "group_size": 4, "phase": "", "dtype": null, "calls": 1, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0}
  ]
}
)";

cf::ledger<cf::dyn> read(std::string const& text) { return io::read_report("r.json", text); }

std::string refusal_of(std::string const& text) {
  try {
    (void)read(text);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

/// The good report with one piece of its text changed.
std::string with(std::string const& piece, std::string const& instead) {
  std::string text = good;
  std::size_t const at = text.find(piece);
  REQUIRE(at != std::string::npos);
  return text.replace(at, piece.size(), instead);
}

/// The good report and a list of its calls, each of which is one of these lines.
std::string with_calls(std::string const& calls) { return with("\n  ]\n}", "\n  ],\n  \"calls\": [\n" + calls + "\n  ]\n}"); }

std::string const gather =
    R"({"operator": "c10d::_allgather_base_", "group": "dp", "group_size": 4, "phase": "forward", "dtype": "bfloat16", "path": "w", "input_bytes": 60, "output_bytes": 240, "message_bytes": 240})";
std::string const barrier =
    R"({"operator": "c10d::barrier", "group": "dp", "group_size": 4, "phase": "", "dtype": null, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0})";

/// A text of characters that JSON escapes or forbids.
std::string random_name(std::mt19937_64& random, std::size_t most) {
  static std::vector<std::string> const pieces = {
      "a", "/", "\"", "\\", "\n", "\x01", "\x7f", "\t", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "<", "u0041"};
  std::string name;
  for (std::size_t pick = random() % 12; pick != 0; --pick) {
    std::string const& piece = pieces[random() % pieces.size()];
    if (name.size() + piece.size() <= most) name += piece;
  }
  return name;
}

/// The same call with a root, a peer, several tensors and parts, or without.
cf::call_record divided(cf::call_record const& plain, std::mt19937_64& random, std::list<std::vector<std::size_t>>& numbers) {
  auto const parts = [&](std::size_t count) {
    auto& all = numbers.emplace_back();
    while (all.size() != count) all.push_back(random() % 3);
    return cf::bytes_by_rank(all.data(), all.size());
  };
  cf::call_summary call = plain.summary();
  if (random() % 4 == 0)
    call.root = random() % call.group_size;
  else if (random() % 4 == 0)
    call.peer = random() % call.group_size;
  call.several = random() % 4 == 0;
  if (call.group_size > 9 || random() % 4 != 0) return cf::call_record(call, plain.phase(), {{}, {}, random() % 4 != 0, {}});
  using cf::detail::if_uneven;
  if (random() % 4 == 0) return cf::call_record(call, plain.phase(), {{}, {}, true, parts(2)});
  return cf::call_record(call, plain.phase(), {if_uneven(parts(call.group_size)), if_uneven(parts(call.group_size)), true, {}});
}

/// Rows of distinct kinds, whose sums fit.
cf::ledger<cf::dyn> random_ledger(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto const ops = cf::all_ops();
  // All of 64 bits in one row, or shares of them: a row of at most 2^16 calls of at most 2^40 bytes, and at most 40 of those.
  bool const extreme = random() % 8 == 0;
  std::size_t const count = extreme ? 1 : random() % 40;
  std::list<std::string> names;  // records are views of them
  std::list<std::vector<std::size_t>> numbers;
  std::vector<cf::ledger_row> rows;
  while (rows.size() < count) {
    auto const bytes = [&] { return extreme ? ~std::size_t{random() % 3} : random() % (std::size_t{1} << (random() % 41)); };
    auto const type = random() % 4 == 0 ? std::nullopt : std::optional(static_cast<cf::dtype>(random() % 46));
    cf::call_record const plain(ops[random() % ops.size()], names.emplace_back(random_name(random, 64)),
                                extreme ? ~std::size_t{0} : 1 + random() % 9, names.emplace_back(random_name(random, 192)), type,
                                {bytes(), bytes(), bytes()});
    cf::call_record const call = divided(plain, random, numbers);
    if (std::none_of(rows.begin(), rows.end(), [&](auto const& row) { return row.call() == call; }))
      rows.emplace_back(call, extreme ? 1 : 1 + random() % (std::size_t{1} << 16));
  }
  return cf::ledger<cf::dyn>(std::span<cf::ledger_row const>(rows));
}

}  // namespace

TEST_CASE("report: what is read is what stands there", "[report]") {
  auto const traffic = read(good);
  REQUIRE(traffic.rows().size() == 2);
  auto const& row = traffic.rows()[0];
  CHECK(row.calls() == 2);
  CHECK(row.call().op() == "c10d::_allgather_base_");
  CHECK(row.call().group() == "dp");
  CHECK(row.call().group_size() == 4);
  CHECK(row.call().phase() == "forward");
  CHECK(row.call().dtype() == cf::bf16);
  CHECK(row.call().bytes() == cf::call_bytes{60, 240, 240});
  CHECK(traffic.rows()[1].call().op() == "c10d::barrier");
  CHECK(traffic.rows()[1].call().phase().empty());
  CHECK_FALSE(traffic.rows()[1].call().dtype().has_value());
  CHECK(traffic.total() == cf::traffic_totals{3, 120, 480, 480});
  CHECK(cf::json_report(traffic) == good);
}

TEST_CASE("report: a ledger that is written and read is the same ledger", "[report]") {
  auto const seed = static_cast<std::uint64_t>(GENERATE(take(200, random(0, 1'000'000'000))));
  CAPTURE(seed);
  auto const traffic = random_ledger(seed);
  std::string const text = cf::json_report(traffic);
  CHECK(read(text) == traffic);
  CHECK(cf::json_report(read(text)) == text);
}

TEST_CASE("report: how a call divides among the ranks comes back", "[report]") {
  std::string const text = R"({
  "commfold_report": 1,
  "totals": {"calls": 5, "input_bytes": 70, "output_bytes": 70, "message_bytes": 70},
  "rows": [
    {"operator": "c10d::broadcast_", "group": "dp", "group_size": 4, "phase": "", "dtype": "int8", "calls": 1, "input_bytes": 8, "output_bytes": 8, "message_bytes": 8, "root": 0},
    {"operator": "c10d::broadcast_", "group": "dp", "group_size": 4, "phase": "", "dtype": "int8", "calls": 1, "input_bytes": 8, "output_bytes": 8, "message_bytes": 8, "root": 3, "several": true},
    {"operator": "c10d::send", "group": "dp", "group_size": 4, "phase": "", "dtype": "int8", "calls": 1, "input_bytes": 8, "output_bytes": 8, "message_bytes": 8, "peer": 2},
    {"operator": "c10d::alltoall_base_", "group": "dp", "group_size": 4, "phase": "", "dtype": "int8", "calls": 1, "input_bytes": 6, "output_bytes": 6, "message_bytes": 6, "input_parts": [0, 1, 2, 3], "output_parts": [3, 1, 1, 1]},
    {"operator": "c10d::alltoall_base_", "group": "dp", "group_size": 4, "phase": "", "dtype": "int8", "calls": 1, "input_bytes": 40, "output_bytes": 40, "message_bytes": 40, "parts_kept": false}
  ]
}
)";
  auto const traffic = read(text);
  auto const rows = traffic.rows();
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].call().root() == 0U);
  CHECK((rows[1].call().root() == 3U && rows[1].call().several()));
  CHECK(rows[2].call().peer() == 2U);
  CHECK(rows[3].call().parts() == cf::parts_state::kept);
  CHECK((rows[3].call().input_parts()[3] == 3 && rows[3].call().output_parts()[0] == 3));
  CHECK(rows[4].call().parts() == cf::parts_state::not_kept);
  CHECK(cf::json_report(traffic) == text);

  auto const changed = [&](std::string const& piece, std::string const& instead) {
    return refusal_of(std::string(text).replace(text.find(piece), piece.size(), instead));
  };
  CHECK(changed("\"root\": 0", "\"root\": 0, \"peer\": 1").ends_with(": a call has a root or a peer, not both"));
  CHECK(changed("\"output_parts\": [3, 1, 1, 1]", "\"tensor_parts\": [3, 3]").ends_with("by rank or by tensor, not both"));
  CHECK(changed("\"root\": 3", "\"root\": 4").ends_with(": 'root' is 4 in a group of 4"));
  CHECK(changed("\"peer\": 2", "\"peer\": 9").ends_with(": 'peer' is 9 in a group of 4"));
  CHECK(changed("[0, 1, 2, 3]", "[0, 1, 2]").ends_with(": 'input_parts' has 3 numbers in a group of 4"));
  CHECK(changed("[0, 1, 2, 3]", "[2, 2, 2, 2]").ends_with(": 'input_parts' are equal: they are not given then"));
  CHECK(changed("\"parts_kept\": false", "\"tensor_parts\": [40]").ends_with(": 'tensor_parts' are of two tensors and more"));
  CHECK(changed("\"output_parts\"", "\"parts_kept\": false, \"output_parts\"").ends_with(": 'parts_kept' is false, and parts are given"));
}

TEST_CASE("report: calls come back in their order, with their paths", "[report]") {
  CHECK_FALSE(io::read_whole_report("r.json", good).calls.has_value());
  auto const read = io::read_whole_report("r.json", with_calls(gather + ",\n" + barrier + ",\n" + gather));
  REQUIRE(read.calls.has_value());
  auto const calls = read.calls->calls();
  REQUIRE(calls.size() == 3);
  CHECK(calls[0].path == "w");
  CHECK(calls[1].call.op() == "c10d::barrier");
  CHECK(calls[1].path.empty());
  CHECK(cf::json_report(read.traffic, *read.calls) == with_calls("    " + gather + ",\n    " + barrier + ",\n    " + gather));
}

TEST_CASE("report: no JSON, or none of ours", "[report]") {
  CHECK(refusal_of("[]").starts_with("r.json:1:1: "));
  CHECK(refusal_of("").starts_with("r.json:1:1: is no JSON: "));
  CHECK(refusal_of(with("\"rows\": [", "\"rows\": [,")).starts_with("r.json:4:12: is no JSON: "));
  CHECK(refusal_of("{}") == "r.json:1:1: the key 'commfold_report' is missing");
  CHECK(refusal_of(with("_report\": 1", "_report\": 2")) == "r.json:2:22: is a report of version 2; known is version 1");
  CHECK_THROWS_AS(io::read_report("/no/such/file"), io::input_error);
}

TEST_CASE("report: a later version is refused for its version, not for its keys", "[report]") {
  CHECK(refusal_of(R"({"steps": [], "commfold_report": 7})") == "r.json:1:34: is a report of version 7; known is version 1");
}

TEST_CASE("report: keys", "[report]") {
  CHECK(refusal_of(with("\"rows\"", "\"lines\"")) ==
        "r.json:4:3: the key 'lines' is not known; known are commfold_report, totals, rows, calls");
  CHECK(refusal_of(with("\"calls\": 2, ", "")) == "r.json:5:5: the key 'calls' is missing");
  CHECK(refusal_of(with("\"calls\": 2", "\"calls\": 2, \"calls\": 2")).starts_with("r.json:5:129: the key 'calls' is given twice"));
  CHECK(refusal_of(with("\"phase\": \"\"", "\"phase\": \"\", \"path\": \"w\""))
            .starts_with("r.json:6:80: the key 'path' is not known; known are operator, group, "));
  CHECK(refusal_of(with("{\"calls\": 3, ", "{\"calls\": 3, \"sum\": 1, ")) ==
        "r.json:3:26: the key 'sum' is not known; known are calls, input_bytes, output_bytes, message_bytes");
}

TEST_CASE("report: numbers", "[report]") {
  for (std::string const number : {"-1", "-0", "1.5", "1e3", "2.0", "18446744073709551616", "99999999999999999999999", "\"2\"", "null"})
    CHECK(refusal_of(with("\"calls\": 2", "\"calls\": " + number)) ==
          "r.json:5:126: 'calls' must be an integer from 0 to 18446744073709551615, and is " + number);
  for (std::string const number : {"NaN", "Infinity", "-Infinity", "02", "+2", "0x2", "1e999"})
    CHECK(refusal_of(with("\"calls\": 2", "\"calls\": " + number)).starts_with("r.json:5:1"));
  CHECK(refusal_of(with("\"group_size\": 4", "\"group_size\": 0")) == "r.json:5:73: 'group_size' must be positive, and is 0");
  CHECK(refusal_of(with("\"calls\": 2", "\"calls\": 0")) == "r.json:5:126: 'calls' must be positive, and is 0");
}

TEST_CASE("report: names", "[report]") {
  CHECK(refusal_of(with("c10d::barrier", "c10d::barier")) ==
        "r.json:6:18: no operator is named 'c10d::barier'; did you mean c10d::barrier, c10d::gather_ or c10d::scatter_?");
  CHECK(refusal_of(with("\"bfloat16\"", "\"bfloat\"")).starts_with("r.json:5:105: no dtype is called 'bfloat'; did you mean "));
  CHECK(refusal_of(with("null", "7")) == "r.json:6:89: 'dtype' must be a string, and is 7");
  CHECK(refusal_of(with("\"dp\"", "[]")) == "r.json:5:53: 'group' must be a string, and is an array");

  // Real names are long.
  std::string const group(64, 'g'), phase(192, 'p');
  cf::ledger<cf::dyn> const read = cf::io::read_report("r.json", with("\"dp\"", '"' + group + '"'));
  CHECK(read.rows()[0].call().group() == group);
  CHECK(cf::io::read_report("r.json", with("\"forward\"", '"' + phase + '"')).rows()[0].call().phase() == phase);
}

TEST_CASE("report: a refusal is one line, whatever a name holds", "[report]") {
  CHECK(refusal_of(with("c10d::barrier", "a\\nb")).starts_with("r.json:6:18: no operator is named 'a\\nb'; "));
}

TEST_CASE("report: rows of one kind", "[report]") {
  std::string const row = good.substr(good.find("    {\"operator\": \"c10d::_allgather"),
                                      good.find(",\n    {\"operator\": \"c10d::barrier") + 2 - good.find("    {\"op"));
  std::string const again = with(row, row + row);
  CHECK(refusal_of(again) == "r.json:6:5: rows[1] is of the same calls as rows[0]");
}

TEST_CASE("report: totals are sums", "[report]") {
  CHECK(refusal_of(with("\"calls\": 3", "\"calls\": 2")) == "r.json:3:23: totals.calls is 2, the sum of the rows is 3");
  CHECK(refusal_of(with(": 120", ": 60")) == "r.json:3:41: totals.input_bytes is 60, the sum of the rows is 120");
  CHECK(refusal_of(with("\"output_bytes\": 480", "\"output_bytes\": 481")) ==
        "r.json:3:62: totals.output_bytes is 481, the sum of the rows is 480");
  CHECK(refusal_of(with("\"message_bytes\": 480", "\"message_bytes\": 0")) ==
        "r.json:3:84: totals.message_bytes is 0, the sum of the rows is 480");
  // Twice 2^63.
  CHECK(refusal_of(with("\"input_bytes\": 60", "\"input_bytes\": 9223372036854775808")).starts_with("r.json:4:11: "));
}

TEST_CASE("report: calls are checked, too", "[report]") {
  CHECK(read(with_calls(gather + ",\n" + barrier + ",\n" + gather)) == read(good));
  CHECK(refusal_of(with_calls(gather + ",\n" + barrier)) == "r.json:3:23: totals.calls is 3, the sum of the calls is 2");
  CHECK(refusal_of(with_calls(gather + ",\n" + barrier + ",\n" + barrier)) ==
        "r.json:3:41: totals.input_bytes is 120, the sum of the calls is 60");
  // The sums agree, and the kinds do not.
  std::string half = barrier;
  half.replace(half.find("c10d::barrier"), 13, "c10d::monitored_barrier_");
  CHECK(refusal_of(with_calls(gather + ",\n" + half + ",\n" + gather)) == "r.json:6:5: rows[1] is of 1 calls, and 'calls' lists 0 of them");
  CHECK(refusal_of(with_calls("{}")) == "r.json:9:1: the key 'operator' is missing");
  CHECK(
      refusal_of(with_calls(gather + ",\n{\"calls\": 1}")).starts_with("r.json:10:2: the key 'calls' is not known; known are operator, "));
}
