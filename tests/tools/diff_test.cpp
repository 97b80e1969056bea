// SPDX-License-Identifier: BSL-1.0
// commfold diff: what it lists, how growth is limited, and every refusal to the character.
#include <src/diff_reports.hpp>
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstddef>
#include <string>
#include <utility>

using namespace shell;

namespace {

std::string row(std::string const& op, std::string const& group, std::string const& phase, std::string const& dtype, std::size_t calls,
                std::size_t message, std::size_t input) {
  return "{\"operator\": \"" + op + "\", " + group + ", \"phase\": \"" + phase + "\", \"dtype\": " + dtype +
         ", \"calls\": " + std::to_string(calls) + ", \"input_bytes\": " + std::to_string(input) +
         ", \"output_bytes\": 0, \"message_bytes\": " + std::to_string(message) + "}";
}

std::string report(std::string const& name, std::string const& totals, std::string const& rows) {
  return saved(name, "{\"commfold_report\": 1, \"totals\": {" + totals + "}, \"rows\": [\n" + rows + "]}\n");
}

std::string const dp = R"("group": "dp", "group_size": 8)";
std::string const wide_dp = R"("group": "dp", "group_size": 16)";
std::string const tp = R"("group": "tp", "group_size": 2)";

/// 5 kinds: 4 x 1000, 2 x 50, 3 x 10, 1 x 7, 1 x 0: 4137 B
std::string before() {
  return report("old.json", R"("calls": 11, "input_bytes": 4137, "output_bytes": 0, "message_bytes": 4137)",
                row("c10d::allreduce_", dp, "backward", "\"bfloat16\"", 4, 1000, 1000) + ",\n" +
                    row("c10d::broadcast_", dp, "", "\"int64\"", 2, 50, 50) + ",\n" +
                    row("c10d::allreduce_", tp, "forward", "\"float32\"", 3, 10, 10) + ",\n" +
                    row("c10d::reduce_", tp, "forward", "\"float32\"", 1, 7, 7) + ",\n" + row("c10d::barrier", dp, "", "null", 1, 0, 0));
}

/// The first grew by 500 in two sizes, the second vanished, the third made one call less of more bytes, the fourth is the same in message
/// bytes alone, the fifth is unchanged, and one appeared over a group of the same name and another size. Together
/// 2 x 1200 + 3 x 700 + 2 x 20 + 7 + 0 + 300.
std::string after() {
  return report("new.json", R"("calls": 10, "input_bytes": 4841, "output_bytes": 0, "message_bytes": 4847)",
                row("c10d::allreduce_", wide_dp, "backward", "\"bfloat16\"", 1, 300, 300) + ",\n" +
                    row("c10d::allreduce_", dp, "backward", "\"bfloat16\"", 2, 1200, 1200) + ",\n" +
                    row("c10d::allreduce_", dp, "backward", "\"bfloat16\"", 3, 700, 700) + ",\n" +
                    row("c10d::allreduce_", tp, "forward", "\"float32\"", 2, 20, 20) + ",\n" +
                    row("c10d::reduce_", tp, "forward", "\"float32\"", 1, 7, 1) + ",\n" + row("c10d::barrier", dp, "", "null", 1, 0, 0));
}

std::string const table =
    R"(change    operator          group    phase     dtype     old calls  new calls  delta  old message bytes  new message bytes  delta   percent
grew      c10d::allreduce_  dp (8)   backward  bfloat16          4          5     +1              4 000              4 500   +500   +12.5 %
appeared  c10d::allreduce_  dp (16)  backward  bfloat16          0          1     +1                  0                300   +300         -
vanished  c10d::broadcast_  dp (8)   -         int64             2          0     -2                100                  0   -100  -100.0 %
grew      c10d::allreduce_  tp (2)   forward   float32           3          2     -1                 30                 40    +10   +33.3 %
total                                                           11         10     -1              4 137              4 847   +710   +17.2 %

1 row changed in input or output bytes alone
1 row unchanged
)";

/// One call of so many bytes.
std::string one(std::string const& name, std::string const& bytes) {
  return report(name, "\"calls\": 1, \"input_bytes\": 0, \"output_bytes\": 0, \"message_bytes\": " + bytes,
                R"({"operator": "c10d::allreduce_", "group": "dp", "group_size": 8, "phase": "", "dtype": null, "calls": 1,
                    "input_bytes": 0, "output_bytes": 0, "message_bytes": )" +
                    bytes + "}");
}

int status_of_growth(std::string const& from, std::string const& to, std::string const& limit) {
  return run("diff " + one("from.json", from) + " " + one("to.json", to) + " --fail-on-growth " + limit).status;
}

}  // namespace

TEST_CASE("diff: what grew, shrank, appeared and vanished", "[diff]") {
  outcome const o = run("diff " + before() + " " + after());
  CHECK(o.status == 0);
  CHECK(o.err.empty());
  CHECK(o.out == table);
}

TEST_CASE("diff: backwards, what appeared vanished", "[diff]") {
  outcome const o = run("diff " + after() + " " + before() + " --fail-on-growth 0%");
  CHECK(o.status == 0);
  CHECK(o.out.find("\nshrank    c10d::allreduce_  dp (8) ") != std::string::npos);
  CHECK(o.out.find("\nvanished  c10d::allreduce_  dp (16) ") != std::string::npos);
  CHECK(o.out.find("\nappeared  c10d::broadcast_  dp (8) ") != std::string::npos);
  CHECK(o.out.find("   -710   -14.6 %\n\n1 row changed") != std::string::npos);  // 710 of 4847 is 14.65 %
}

TEST_CASE("diff: a report is no different from itself", "[diff]") {
  std::string const file = before();
  outcome const o = run("diff --fail-on-growth 0% " + file + " " + file);
  CHECK(o.status == 0);
  CHECK(o.out == "no difference\n");
  CHECK(o.err.empty());
}

TEST_CASE("diff: the order of rows and the sizes of a row's calls are no difference", "[diff]") {
  std::string const totals = R"("calls": 3, "input_bytes": 0, "output_bytes": 0, "message_bytes": 60)";
  std::string const a = report("a.json", totals,
                               row("c10d::allreduce_", dp, "", "null", 1, 10, 0) + "," + row("c10d::allreduce_", dp, "", "null", 1, 30, 0) +
                                   "," + row("c10d::reduce_", dp, "", "null", 1, 20, 0));
  std::string const b =
      report("b.json", totals, row("c10d::reduce_", dp, "", "null", 1, 20, 0) + "," + row("c10d::allreduce_", dp, "", "null", 2, 20, 0));
  CHECK(run("diff " + a + " " + b).out == "no difference\n");
}

TEST_CASE("diff: growth above the limit fails, and says what grew", "[diff]") {
  // 710 of 4137 bytes are 17.162 %.
  outcome const o = run("diff " + before() + " " + after() + " --fail-on-growth 17.1%");
  CHECK(o.status == 1);
  CHECK(o.err.empty());
  CHECK(o.out == table + R"(message bytes grew by more than 17.1%, from 4 137 B to 4 847 B:
- c10d::allreduce_ over dp (8) in backward in bfloat16: +500 B
- c10d::allreduce_ over dp (16) in backward in bfloat16: +300 B
- c10d::allreduce_ over tp (2) in forward in float32: +10 B
)");
  outcome const within = run("diff " + before() + " " + after() + " --fail-on-growth 17.2%");
  CHECK(within.status == 0);
  CHECK(within.out == table);
}

TEST_CASE("diff: a group of another size is one row", "[diff]") {
  std::string const totals = R"("calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 30)";
  std::string const a =
      report("a.json", totals, row("c10d::allreduce_", dp, "", "null", 1, 10, 0) + "," + row("c10d::reduce_", tp, "", "null", 1, 20, 0));
  std::string const b = report(
      "b.json", totals, row("c10d::allreduce_", wide_dp, "", "null", 1, 10, 0) + "," + row("c10d::reduce_", tp, "", "null", 1, 20, 0));
  CHECK(
      run("diff " + a + " " + b).out ==
      R"(change   operator          group               phase  dtype  old calls  new calls  delta  old message bytes  new message bytes  delta  percent
resized  c10d::allreduce_  dp (8 to 16 ranks)  -      -              1          1      0                 10                 10      0    0.0 %
total                                                                2          2      0                 30                 30      0    0.0 %

1 row unchanged
)");
  std::string const more =
      report("c.json", R"("calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 35)",
             row("c10d::allreduce_", wide_dp, "", "null", 1, 15, 0) + "," + row("c10d::reduce_", tp, "", "null", 1, 20, 0));
  outcome const grown = run("diff --fail-on-growth 0% " + a + " " + more);
  CHECK(grown.status == 1);
  CHECK(grown.out.find("\ngrew    c10d::allreduce_  dp (8 to 16 ranks) ") != std::string::npos);
  CHECK(grown.out.ends_with("- c10d::allreduce_ over dp (8 to 16 ranks): +5 B\n"));
  CHECK(run("diff --format markdown " + b + " " + a).out.find("| resized | `c10d::allreduce_` | `dp` (16 to 8 ranks) | - |") !=
        std::string::npos);
}

TEST_CASE("diff: groups of several sizes are rows of their own", "[diff]") {
  std::string const dp4 = R"("group": "dp", "group_size": 4)";
  std::string const a =
      report("a.json", R"("calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 30)",
             row("c10d::allreduce_", dp, "", "null", 1, 10, 0) + "," + row("c10d::allreduce_", dp4, "", "null", 1, 20, 0));
  std::string const b = report("b.json", R"("calls": 1, "input_bytes": 0, "output_bytes": 0, "message_bytes": 10)",
                               row("c10d::allreduce_", wide_dp, "", "null", 1, 10, 0));
  std::string const out = run("diff " + a + " " + b).out;
  CHECK(out.find("\nvanished  c10d::allreduce_  dp (4) ") != std::string::npos);
  CHECK(out.find("\nvanished  c10d::allreduce_  dp (8) ") != std::string::npos);
  CHECK(out.find("\nappeared  c10d::allreduce_  dp (16) ") != std::string::npos);
  // 4 and 8 may have become 8 and 16, or 4 may have become 16.
  std::string const c =
      report("c.json", R"("calls": 2, "input_bytes": 0, "output_bytes": 0, "message_bytes": 30)",
             row("c10d::allreduce_", dp, "", "null", 1, 10, 0) + "," + row("c10d::allreduce_", wide_dp, "", "null", 1, 20, 0));
  std::string const moved = run("diff " + a + " " + c).out;
  CHECK(moved.find("\nvanished  c10d::allreduce_  dp (4) ") != std::string::npos);
  CHECK(moved.find("\nappeared  c10d::allreduce_  dp (16) ") != std::string::npos);
}

TEST_CASE("diff: a name is one line and no markup", "[diff]") {
  std::string const bad = R"("group": "g\n| a | b |", "group_size": 8)", phase = R"(x\n\n# Heading\n\n<b>\u001b[2J\u0007)";
  std::string const a = report("a.json", R"("calls": 1, "input_bytes": 0, "output_bytes": 0, "message_bytes": 30)",
                               row("c10d::allreduce_", bad, phase, "null", 1, 30, 0));
  std::string const b = report("b.json", R"("calls": 1, "input_bytes": 0, "output_bytes": 0, "message_bytes": 31)",
                               row("c10d::allreduce_", bad, phase, "null", 1, 31, 0));
  CHECK(run("diff --fail-on-growth 0% " + a + " " + b)
            .out.ends_with(
                R"(- c10d::allreduce_ over g\n| a | b | (8) in x\n\n# Heading\n\n<b>\x1b[2J\x07: +1 B
)"));
  std::string const markdown = run("diff --format markdown --fail-on-growth 0% " + a + " " + b).out;
  CHECK(markdown.find(R"(| grew | `c10d::allreduce_` | `g\n\| a \| b \|` (8) | `x\n\n# Heading\n\n<b>\x1b[2J\x07` | - |)") !=
        std::string::npos);
  CHECK(markdown.ends_with("\n- `c10d::allreduce_` over `g\\n| a | b |` (8) in `x\\n\\n# Heading\\n\\n<b>\\x1b[2J\\x07`: +1 B\n"));
}

TEST_CASE("diff: in Markdown", "[diff]") {
  outcome const o = run("diff --format markdown --fail-on-growth 5% " + one("from.json", "1000") + " " + one("to.json", "1051"));
  CHECK(o.status == 1);
  CHECK(
      o.out ==
      R"(| change | operator | group | phase | dtype | old calls | new calls | delta | old message bytes | new message bytes | delta | percent |
|---|---|---|---|---|--:|--:|--:|--:|--:|--:|--:|
| grew | `c10d::allreduce_` | `dp` (8) | - | - | 1 | 1 | 0 | 1 000 | 1 051 | +51 | +5.1 % |
| total |  |  |  |  | 1 | 1 | 0 | 1 000 | 1 051 | +51 | +5.1 % |

message bytes grew by more than 5%, from 1 000 B to 1 051 B:

- `c10d::allreduce_` over `dp` (8): +51 B
)");
}

TEST_CASE("diff: growth is compared exactly", "[diff]") {
  CHECK(status_of_growth("100", "105", "5%") == 0);
  CHECK(status_of_growth("100", "106", "5%") == 1);
  CHECK(status_of_growth("1000", "1025", "2.5%") == 0);
  CHECK(status_of_growth("1000", "1026", "2.5%") == 1);
  CHECK(status_of_growth("100", "100", "0%") == 0);
  CHECK(status_of_growth("100", "101", "0%") == 1);
  CHECK(status_of_growth("100", "1", "0%") == 0);
  CHECK(status_of_growth("0", "1", "999999999%") == 1);
  CHECK(status_of_growth("0", "0", "0%") == 0);
  // One byte of 2^63 and more, which no floating point number tells apart.
  CHECK(status_of_growth("10000000000000000000", "10500000000000000000", "5%") == 0);
  CHECK(status_of_growth("10000000000000000000", "10500000000000000001", "5%") == 1);
  CHECK(status_of_growth("1", "18446744073709551615", "999999999.999999%") == 1);
  CHECK(status_of_growth("100000000", "100000001", "0.000001%") == 0);
  CHECK(status_of_growth("99999999", "100000000", "0.000001%") == 1);
}

TEST_CASE("diff: percentages beyond reading are not spelled out", "[diff]") {
  outcome const o = run("diff " + one("from.json", "1") + " " + one("to.json", "18446744073709551615"));
  CHECK(o.out.find(" +18 446 744 073 709 551 614  > 999 999.9 %\n") != std::string::npos);
}

TEST_CASE("diff: limits that are no percentage are refused", "[diff]") {
  auto const [limit, says] =
      GENERATE(std::pair{"5", "has no percent sign; write 5% for five percent"},
               std::pair{"1000B", "has no percent sign; write 5% for five percent"}, std::pair{"%", "is no percentage; write 5% or 2.5%"},
               std::pair{"-5%", "is no percentage; write 5% or 2.5%"}, std::pair{"+5%", "is no percentage; write 5% or 2.5%"},
               std::pair{".5%", "is no percentage; write 5% or 2.5%"}, std::pair{"5.%", "is no percentage; write 5% or 2.5%"},
               std::pair{"5 %", "is no percentage; write 5% or 2.5%"}, std::pair{"1e2%", "is no percentage; write 5% or 2.5%"},
               std::pair{"NaN%", "is no percentage; write 5% or 2.5%"}, std::pair{"5.0.0%", "is no percentage; write 5% or 2.5%"},
               std::pair{"1234567890%", "has more than nine digits before the point, or six after it"},
               std::pair{"1.1234567%", "has more than nine digits before the point, or six after it"});
  refused_with(run("diff " + before() + " " + after() + " '--fail-on-growth=" + limit + "'"),
               "commfold diff: --fail-on-growth: '" + std::string(limit) + "' " + says);
}

TEST_CASE("diff: an empty limit is refused, and not read as none", "[diff]") {
  CHECK(run("diff " + before() + " " + after() + " --fail-on-growth ''").status == 2);
  CHECK(run("diff " + before() + " " + after() + " --fail-on-growth=").status == 2);
}

TEST_CASE("diff: files that are not right are refused", "[diff]") {
  std::string const nowhere = (scratch() / "nowhere.json").string();
  refused_with(run("diff " + nowhere + " " + after()), "commfold diff: " + nowhere + ": cannot be opened");
  refused_with(run("diff " + before() + " " + nowhere), "commfold diff: " + nowhere + ": cannot be opened");
  std::string const broken = saved("broken.json", "{\"commfold_report\": 1,\n}");
  refused(run("diff " + before() + " " + broken), "commfold diff: " + broken + ":2:1: is no JSON: ");
  refused_with(run("diff " + before()), "commfold diff: new is required (see commfold diff --help)");
}
