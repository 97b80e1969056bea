// SPDX-License-Identifier: BSL-1.0
// commfold check: which budgets are kept, what it prints of broken ones, and every refusal to the character.
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <tuple>
#include <utility>

using namespace shell;

namespace {

std::string report() {
  return saved("report.json", R"({"commfold_report": 1,
  "totals": {"calls": 7, "input_bytes": 5000, "output_bytes": 6000, "message_bytes": 6000},
  "rows": [
    {"operator": "c10d::allreduce_", "group": "dp", "group_size": 8, "phase": "backward/layer", "dtype": "bfloat16", "calls": 4,
     "input_bytes": 1000, "output_bytes": 1000, "message_bytes": 1000},
    {"operator": "_c10d_functional::all_gather_into_tensor", "group": "tp", "group_size": 2, "phase": "forward", "dtype": "float32",
     "calls": 2, "input_bytes": 500, "output_bytes": 1000, "message_bytes": 1000},
    {"operator": "c10d::barrier", "group": "dp", "group_size": 8, "phase": "", "dtype": null, "calls": 1,
     "input_bytes": 0, "output_bytes": 0, "message_bytes": 0}
  ]}
)");
}

std::string budget(std::string const& text) { return saved("budget.json", text); }

/// With rules alone.
outcome check(std::string const& rules, std::string const& options = "") {
  std::string const r = report();
  return run("check " + r + " " + budget("{\"commfold_budget\": 1, \"rules\": [" + rules + "]}") + options);
}

void kept(std::string const& rules, std::string const& says = "within budget: 1 rule\n") {
  outcome const o = check(rules);
  INFO(rules);
  CHECK(o.status == 0);
  CHECK(o.out == says);
  CHECK(o.err.empty());
}

void broken(std::string const& rules, std::string const& says) {
  outcome const o = check(rules);
  INFO(rules);
  CHECK(o.status == 1);
  CHECK(o.out == says);
  CHECK(o.err.empty());
}

}  // namespace

TEST_CASE("check: a budget that is kept", "[check]") {
  kept(R"({"message_bytes": {"at_least": 6000, "at_most": 6000}, "input_bytes": {"at_least": 5000, "at_most": 5000},
           "output_bytes": {"at_least": 6000, "at_most": 6000}, "calls": {"at_least": 7, "at_most": 7}, "message_size": {"at_most": 1000}})");
  kept(R"({"of": {"operator": "c10d::allreduce_"}, "calls": {"at_least": 4, "at_most": 4}},
          {"of": {"operator": "c10d::allreduce_.default"}, "calls": {"at_most": 4}},
          {"of": {"group": "tp"}, "message_bytes": {"at_least": 2000, "at_most": 2000}},
          {"of": {"phase": "backward"}, "calls": {"at_least": 4, "at_most": 4}},
          {"of": {"phase": ""}, "calls": {"at_most": 1}},
          {"of": {"dtype": "float"}, "calls": {"at_least": 2, "at_most": 2}},
          {"of": {"message_size": {"at_least": 1000}}, "calls": {"at_least": 6, "at_most": 6}},
          {"of": {"message_size": {"at_most": 999}}, "calls": {"at_least": 1, "at_most": 1}},
          {"of": {"operator": "c10d::allreduce_", "phase": "forward"}, "calls": {"at_least": 0, "at_most": 0}},
          {"of": {"group": "dp"}}
       )",
       "within budget: 10 rules\n");
}

TEST_CASE("check: each range is a floor and a ceiling", "[check]") {
  broken(R"({"name": "all of it", "message_bytes": {"at_most": 5999}})",
         "all of it: message bytes: 6 000 B (5.9 KiB), at most 5 999 B (5.9 KiB); largest: c10d::allreduce_ over 'dp' in 'backward/layer' "
         "4 000 B (3.9 KiB), _c10d_functional::all_gather_into_tensor over 'tp' in 'forward' 2 000 B (2.0 KiB), c10d::barrier over 'dp' 0 "
         "B\n");
  std::string const tp = R"({"of": {"group": "tp"}, )";
  std::string const gathers = "_c10d_functional::all_gather_into_tensor over 'tp' in 'forward' ";
  broken(tp + R"("message_bytes": {"at_least": 2001}})",
         "rule 1: message bytes over 'tp': 2 000 B (2.0 KiB), at least 2 001 B (2.0 KiB); "
         "largest: " +
             gathers + "2 000 B (2.0 KiB)\n");
  broken(tp + R"("input_bytes": {"at_most": 999}})",
         "rule 1: input bytes over 'tp': 1 000 B, at most 999 B; largest: " + gathers + "1 000 B\n");
  broken(tp + R"("output_bytes": {"at_least": 3000}})",
         "rule 1: output bytes over 'tp': 2 000 B (2.0 KiB), at least 3 000 B (2.9 KiB); largest: " + gathers + "2 000 B (2.0 KiB)\n");
  broken(tp + R"("calls": {"at_most": 1}})", "rule 1: calls over 'tp': 2, at most 1; largest: " + gathers + "2\n");
  broken(tp + R"("message_size": {"at_most": 999}})",
         "rule 1: message bytes of one call over 'tp': 1 000 B, at most 999 B; largest: " + gathers + "1 000 B\n");
}

TEST_CASE("check: every broken rule is a line with its name", "[check]") {
  broken(R"({"of": {"group": "tp"}, "calls": {"at_most": 2}},
            {"name": "no pipeline", "of": {"group": "pp"}},
            {"of": {"operator": "c10d::barrier"}, "calls": {"at_least": 0, "at_most": 0}})",
         "no pipeline: calls over 'pp': 0, at least 1; no such call was recorded\n"
         "rule 3: calls of c10d::barrier: 1, at most 0; largest: c10d::barrier over 'dp' 1\n");
}

TEST_CASE("check: a report of nothing keeps no budget that does not say so", "[check]") {
  std::string const nothing =
      saved("nothing.json",
            R"({"commfold_report": 1, "totals": {"calls": 0, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0}, "rows": []})");
  outcome const o = run("check " + nothing + " " + budget(R"({"commfold_budget": 1, "rules": [{"message_bytes": {"at_most": 9}}]})"));
  CHECK(o.status == 1);
  CHECK(o.out == "rule 1: calls: 0, at least 1; no such call was recorded\n");
}

TEST_CASE("check: in Markdown", "[check]") {
  outcome const o = check(R"({"name": "a_b|c", "of": {"group": "pp"}}, {"of": {"operator": "c10d::barrier"}, "calls": {"at_least": 2}})",
                          " --format markdown");
  CHECK(o.status == 1);
  CHECK(o.out ==
        "- **`a_b|c`**: `calls over 'pp': 0, at least 1; no such call was recorded`\n"
        "- **`rule 2`**: `calls of c10d::barrier: 1, at least 2; largest: c10d::barrier over 'dp' 1`\n");
}

TEST_CASE("check: a broken rule is one line, whatever a name holds", "[check]") {
  std::string const bad = saved("bad.json", R"({"commfold_report": 1,
  "totals": {"calls": 1, "input_bytes": 2, "output_bytes": 3, "message_bytes": 4},
  "rows": [{"operator": "c10d::allreduce_", "group": "g\n| a |", "group_size": 4, "phase": "x\n\n# y\n<b>\u001b[2J`", "dtype": null,
            "calls": 1, "input_bytes": 2, "output_bytes": 3, "message_bytes": 4}]})");
  std::string const rules = budget(R"({"commfold_budget": 1, "rules": [{"calls": {"at_most": 0, "at_least": 0}}]})");
  std::string const says = R"(calls: 1, at most 0; largest: c10d::allreduce_ over 'g\n| a |' in 'x\n\n# y\n<b>\x1b[2J`' 1)";
  CHECK(run("check " + bad + " " + rules).out == "rule 1: " + says + "\n");
  CHECK(run("check --format markdown " + bad + " " + rules).out == "- **`rule 1`**: ``" + says + "``\n");
}

TEST_CASE("check: budgets that are not right are refused, with the place", "[check]") {
  auto const [text, says] =
      GENERATE(std::pair{"", ":1:1: is no JSON: the file is empty"},
               std::pair{"{\"commfold_budget\": 1,\n\"rules\": [{]}",
                         ":2:12: is no JSON: syntax error while parsing object key - unexpected ']'; expected string literal"},
               std::pair{"[]", ":1:1: must be an object, and is an array"},
               std::pair{R"({"rules": [{}]})", ":1:1: the key 'commfold_budget' is missing"},
               std::pair{R"({"commfold_budget": 2, "limits": []})", ":1:21: 'commfold_budget' is version 2, and only version 1 is known"},
               std::pair{R"({"commfold_budget": "1", "rules": [{}]})",
                         ":1:21: 'commfold_budget' must be an integer from 0 to 18446744073709551615, and is \"1\""},
               std::pair{R"({"commfold_budget": 1})", ":1:1: the key 'rules' is missing"},
               std::pair{R"({"commfold_budget": 1, "rules": {}})", ":1:33: 'rules' must be an array, and is an object"},
               std::pair{R"({"commfold_budget": 1, "rules": []})", ":1:33: 'rules' is empty: every report would keep this budget"},
               std::pair{R"({"commfold_budget": 1, "rules": [{}], "rule": []})",
                         ":1:39: the key 'rule' is not known; known are commfold_budget, rules"},
               std::pair{R"({"commfold_budget": 1, "rules": [{}], "rules": []})",
                         ":1:39: the key 'rules' is given twice, first in line 1, column 24"},
               std::pair{R"({"commfold_budget": 1, "rules": [7]})", ":1:34: must be an object, and is 7"});
  std::string const file = budget(text);
  refused_with(run("check " + report() + " " + file), "commfold check: " + file + says);
}

TEST_CASE("check: an unknown key of a rule is refused beside the known ones", "[check]") {
  refused(check(R"({"message_byte": {"at_most": 1}})"),
          "budget.json:1:35: the key 'message_byte' is not known; known are name, of, message_bytes, input_bytes");
}

TEST_CASE("check: rules over the wire are answered for a library", "[check]") {
  // Gathers of 1000 B over two ranks, twice: each sends its own 500 B. A reduction of 1000 B over eight, four times, 2 * 7 / 8 of it or,
  // by recursive doubling, three times as much.
  std::string const on = " --backend openmpi --mesh dp=8,tp=2 --gpus-per-node 2";
  outcome const kept = check(R"({"of": {"group": "tp"}, "sent_bytes": {"at_least": 1000, "at_most": 1000}},
                                {"of": {"group": "tp"}, "received_bytes": {"at_least": 1000, "at_most": 1000}},
                                {"of": {"group": "tp"}, "between": {"domain": "node", "at_most": 0}},
                                {"of": {"group": "dp"}, "between": {"at_least": 1}},
                                {"of": {"group": "tp"}, "message_bytes": {"at_most": 2000}})",
                             on);
  CHECK(kept.out == "within budget: 5 rules\n");
  CHECK(kept.status == 0);
  outcome const broken = check(R"({"name": "gathers", "of": {"group": "tp"}, "sent_bytes": {"at_most": 999}})", on);
  CHECK(broken.status == 1);
  CHECK(broken.out ==
        "gathers: bytes that one rank sends over 'tp': 1 000 B, at most 999 B; largest: _c10d_functional::all_gather_into_tensor over 'tp' "
        "in 'forward' 1 000 B\n");
  outcome const spread = check(R"({"of": {"group": "tp"}, "between": {"domain": "node", "at_least": 1}})", on);
  CHECK(spread.status == 1);
  CHECK(spread.out.starts_with("rule 1: bytes between domains 'node' over 'tp': 0 B, at least 1 B; largest: "));

  std::string const nccl = " --backend nccl --machine h100-8nic --mesh dp=8,tp=2";
  CHECK(check(R"({"microseconds": {"at_least": 0.5, "at_most": 1e6}})", nccl).status == 0);
  outcome const slow = check(R"({"of": {"group": "tp"}, "microseconds": {"at_most": 0.001}})", nccl);
  CHECK(slow.status == 1);
  CHECK(slow.out.starts_with("rule 1: nanoseconds over 'tp': "));
  // A library may be given without need.
  CHECK(check(R"({"message_bytes": {"at_most": 6000}})", on).status == 0);
}

TEST_CASE("check: rules over the wire that cannot be answered are refused, with the place", "[check]") {
  auto const [rule, options, says] = GENERATE(
      std::tuple{R"({"sent_bytes": {"at_most": 1}})", "", ":1:35: 'sent_bytes' is over the wire: give --backend and --mesh"},
      std::tuple{R"({"received_bytes": {"at_most": 1}})", "", ":1:35: 'received_bytes' is over the wire: give --backend and --mesh"},
      std::tuple{R"({"between": {"at_most": 1}})", "", ":1:35: 'between' is over the wire: give --backend and --mesh"},
      std::tuple{R"({"microseconds": {"at_most": 1}})", "", ":1:35: 'microseconds' is over the wire: give --backend and --mesh"},
      std::tuple{R"({"microseconds": {"at_most": 1}})", " --backend gloo --mesh dp=8,tp=2",
                 ":1:35: 'microseconds' are known of nccl, and the backend is gloo"},
      std::tuple{R"({"between": {"at_most": 1}})", " --backend gloo --mesh dp=8,tp=2",
                 ":1:46: no ranks share a 'node': give --gpus-per-node or --domains"},
      std::tuple{R"({"between": {"domain": "rack", "at_most": 1}})", " --backend gloo --mesh dp=8,tp=2 --gpus-per-node 8",
                 ":1:57: no ranks share a 'rack': give --gpus-per-node or --domains"},
      std::tuple{R"({"between": {"domain": "node"}})", "", ":1:46: 'between' holds neither 'at_least' nor 'at_most'"},
      std::tuple{R"({"microseconds": {}})", "", ":1:51: 'microseconds' holds neither 'at_least' nor 'at_most'"},
      std::tuple{R"({"microseconds": {"at_most": -1}})", "", ":1:63: 'at_most' must be a number of microseconds from 0 on, and is -1"},
      std::tuple{R"({"microseconds": {"at_most": "1"}})", "", ":1:63: 'at_most' must be a number of microseconds from 0 on, and is \"1\""},
      std::tuple{R"({"microseconds": {"at_most": NaN}})", "", ":1:63: 'at_most' must be a number of microseconds from 0 on, and is NaN"},
      std::tuple{R"({"microseconds": {"at_least": 2.5, "at_most": 2}})", "",
                 ":1:51: 'microseconds' holds no number: none is at least 2.5 and at most 2"},
      std::tuple{R"({"calls": {"at_least": 0}, "microseconds": {"at_least": 0}})", "",
                 ":1:34: the rule limits nothing: every report would keep it"},
      std::tuple{R"({"calls": {"at_least": 0}, "between": {"domain": "node", "at_least": 0}})", "",
                 ":1:34: the rule limits nothing: every report would keep it"});
  refused(check(rule, options), std::string("budget.json") + says);
}

TEST_CASE("check: rules that are not right are refused, with the place", "[check]") {
  // The rule begins in line 2, column 1.
  std::string const number = "must be an integer from 0 to 18446744073709551615, and is ";
  auto const [rule, says] = GENERATE_COPY(
      std::pair{R"({"calls": {"at_most": -1}})", "2:23: 'at_most' " + number + "-1"},
      std::pair{R"({"calls": {"at_most": 1.5}})", "2:23: 'at_most' " + number + "1.5"},
      std::pair{R"({"calls": {"at_most": 1e3}})", "2:23: 'at_most' " + number + "1e3"},
      std::pair{R"({"calls": {"at_most": 18446744073709551616}})", "2:23: 'at_most' " + number + "18446744073709551616"},
      std::pair{R"({"calls": {"at_most": null}})", "2:23: 'at_most' " + number + "null"},
      std::pair{R"({"calls": {"at_most": NaN}})", std::string("2:23: 'at_most' " + number + "NaN")},
      std::pair{R"({"calls": {"at_most": 1, "at_most": 2}})",
                std::string("2:26: the key 'at_most' is given twice, first in line 2, column 12")},
      std::pair{R"({"calls": {"max": 1}})", std::string("2:12: the key 'max' is not known; known are at_least, at_most")},
      std::pair{R"({"calls": {}})", std::string("2:11: 'calls' holds neither 'at_least' nor 'at_most'")},
      std::pair{R"({"calls": 3})", std::string("2:11: 'calls' must be an object, and is 3")},
      std::pair{R"({"message_bytes": {"at_least": 2, "at_most": 1}})",
                std::string("2:19: 'message_bytes' holds no number: none is at least 2 and at most 1")},
      std::pair{R"({"calls": {"at_most": 0}})",
                std::string("2:11: 'calls' holds no number: none is at least 1 and at most 0: the floor is 1 unless it is given")},
      std::pair{R"({"calls": {"at_least": 0}})", std::string("2:1: the rule limits nothing: every report would keep it")},
      std::pair{R"({"of": {"operator": "c10d::all_reduce_"}})",
                std::string("2:21: no operator is named 'c10d::all_reduce_'; did you mean _c10d_functional::all_reduce_, "
                            "c10d::allreduce_ or c10d::reduce_?")},
      std::pair{R"({"of": {"dtype": "bfloat61"}})", std::string("2:18: no dtype is called 'bfloat61'; did you "
                                                                "mean float64, bfloat16 or float16?")},
      std::pair{R"({"of": {"op": "c10d::allreduce_"}})",
                std::string("2:9: the key 'op' is not known; known are operator, group, phase, dtype, message_size")},
      std::pair{R"({"of": {"group": 8}})", std::string("2:18: 'group' must be a string, and is 8")},
      std::pair{R"({"of": {"phase": "a\nb"}})", std::string("2:18: 'phase' holds a control character")},
      std::pair{R"({"of": {"message_size": {"at_least": 2, "at_most": 1}}})",
                std::string("2:25: 'message_size' holds no number: none is at least 2 and at most 1")},
      std::pair{R"({"name": "a\u0007b"})", std::string("2:10: 'name' holds a control character")},
      std::pair{R"({"name": ""})", std::string("2:10: 'name' is empty")});
  std::string const file = budget("{\"commfold_budget\": 1, \"rules\": [\n" + std::string(rule) + "]}");
  refused_with(run("check " + report() + " " + file), "commfold check: " + file + ":" + says);
}

TEST_CASE("check: what stands behind the byte 0 is not passed over", "[check]") {
  using namespace std::string_literals;
  std::string const file = budget("{\"commfold_budget\": 1, \"rules\": [{}]}\0,{\"calls\": {\"at_most\": 1}}]}"s);
  refused_with(run("check " + report() + " " + file), "commfold check: " + file + ":1:38: is no JSON: holds the byte 0");
  std::string const other = saved("nul.json", contents(report()) + "\0"s);
  refused_with(run("check " + other + " " + budget(R"({"commfold_budget": 1, "rules": [{}]})")),
               "commfold check: " + other + ":11:1: is no JSON: holds the byte 0");
}

TEST_CASE("check: a row of no calls is refused", "[check]") {
  std::string const file = saved("zero.json", R"({"commfold_report": 1,
  "totals": {"calls": 0, "input_bytes": 0, "output_bytes": 0, "message_bytes": 0},
  "rows": [{"operator": "c10d::allreduce_", "group": "dp", "group_size": 4, "phase": "", "dtype": null, "calls": 0,
            "input_bytes": 10, "output_bytes": 10, "message_bytes": 1000000}]})");
  refused_with(run("check " + file + " " + budget(R"({"commfold_budget": 1, "rules": [{"message_size": {"at_most": 100}}]})")),
               "commfold check: " + file + ":3:114: 'calls' must be positive, and is 0");
}

TEST_CASE("check: the words of papers are dtypes", "[check]") {
  kept(R"({"of": {"dtype": "fp32"}, "calls": {"at_least": 2, "at_most": 2}})");
}

TEST_CASE("check: names as long as the recorder takes them are right", "[check]") {
  kept(R"({"of": {"group": "1234567890123456789012345678901", "phase": "123456789012345678901234567890123456789012345678901234567890123"},
           "calls": {"at_least": 0, "at_most": 0}})");
}

TEST_CASE("check: files that cannot be read are refused", "[check]") {
  std::string const nowhere = (scratch() / "nowhere.json").string();
  std::string const good = budget(R"({"commfold_budget": 1, "rules": [{}]})");
  refused_with(run("check " + nowhere + " " + good), "commfold check: " + nowhere + ": cannot be opened");
  refused_with(run("check " + report() + " " + nowhere), "commfold check: " + nowhere + ": cannot be opened");
  refused_with(run("check " + report() + " " + scratch().string()), "commfold check: " + scratch().string() + ": is a directory");
  refused(run("check " + good + " " + good), "commfold check: " + good + ":");
  refused_with(run("check " + report()), "commfold check: budget is required (see commfold check --help)");
  refused(run("check --format html " + report() + " " + good), "--format: html not in {text,markdown}");
}

TEST_CASE("check: what cannot be printed is no success", "[check]") {
  std::string const line = "\"$COMMFOLD\" check " + report() + " " + budget(R"({"commfold_budget": 1, "rules": [{}]})") + " >/dev/full";
  refused_with(run_line(line), "commfold check: standard output: cannot be written: No space left on device");
}
