// SPDX-License-Identifier: BSL-1.0
// commfold wire, and plan with a library: numbers that follow from the report whatever algorithm is chosen, and every refusal.
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace shell;

namespace {

using nlohmann::json;

std::string const models = COMMFOLD_MODELS;

/// A report of these rows, each of one call and 8 B on each side.
std::string report_of(std::vector<std::string> const& rows) {
  std::string lines;
  for (std::string const& row : rows) lines += (lines.empty() ? "" : ",\n") + row;
  std::string const bytes = std::to_string(8 * rows.size());
  return saved("report.json", R"({"commfold_report": 1, "totals": {"calls": )" + std::to_string(rows.size()) + R"(, "input_bytes": )" +
                                  bytes + R"(, "output_bytes": )" + bytes + R"(, "message_bytes": )" + bytes + "}, \"rows\": [\n" + lines +
                                  "]}\n");
}
std::string row(std::string const& op, std::string const& group, std::size_t ranks, std::string const& more = "",
                std::string const& dtype = "int8") {
  return R"({"operator": ")" + op + R"(", "group": ")" + group + R"(", "group_size": )" + std::to_string(ranks) +
         R"(, "phase": "forward", "dtype": ")" + dtype + R"(", "calls": 1, "input_bytes": 8, "output_bytes": 8, "message_bytes": 8)" +
         more + "}";
}

/// Three gathers of 1000 B over "dp", of which each rank holds a quarter, and one reduction of 4000 B over "tp". Of any all_gather a rank
/// of four gets three quarters, and of an all_reduce over two each rank sends as much as there is.
std::string step() {
  return saved("step.json", R"({"commfold_report": 1,
  "totals": {"calls": 4, "input_bytes": 4750, "output_bytes": 7000, "message_bytes": 7000},
  "rows": [
    {"operator": "_c10d_functional::all_gather_into_tensor", "group": "dp", "group_size": 4, "phase": "forward", "dtype": "int8", "calls": 3, "input_bytes": 250, "output_bytes": 1000, "message_bytes": 1000},
    {"operator": "_c10d_functional::all_reduce", "group": "tp", "group_size": 2, "phase": "backward", "dtype": "float32", "calls": 1, "input_bytes": 4000, "output_bytes": 4000, "message_bytes": 4000}
  ]}
)");
}

std::string const on_eight = " --mesh dp=4,tp=2 --gpus-per-node 2";

}  // namespace

TEST_CASE("wire: in text, to the character", "[wire]") {
  outcome const o = run("wire " + step() + " --backend openmpi --mesh dp=1,tp=2 --group dp2=tp");
  refused(o, "step.json: group 'dp' has 1 ranks, and 4 in a call of _c10d_functional::all_gather_into_tensor");
  std::string const small = saved("small.json", R"({"commfold_report": 1,
  "totals": {"calls": 1, "input_bytes": 4000, "output_bytes": 4000, "message_bytes": 4000},
  "rows": [
    {"operator": "_c10d_functional::all_reduce", "group": "tp", "group_size": 2, "phase": "", "dtype": "float32", "calls": 1, "input_bytes": 4000, "output_bytes": 4000, "message_bytes": 4000}
  ]}
)");
  CHECK(run("wire " + small + " --backend openmpi --mesh tp=2 --gpus-per-node 1").out == small + "\n" + R"(openmpi, 2 ranks: tp=2; node=1

ranks                       sent  by               received  by
most           4 000 B (3.9 KiB)  rank 0  4 000 B (3.9 KiB)  rank 0
least          4 000 B (3.9 KiB)          4 000 B (3.9 KiB)
all            8 000 B (7.8 KiB)          8 000 B (7.8 KiB)
most payload   4 000 B (3.9 KiB)  rank 0  4 000 B (3.9 KiB)  rank 0
least payload  4 000 B (3.9 KiB)          4 000 B (3.9 KiB)
all payload    8 000 B (7.8 KiB)          8 000 B (7.8 KiB)

links          sent by all ranks   most of one rank
within node                  0 B                0 B
between nodes  8 000 B (7.8 KiB)  4 000 B (3.9 KiB)

operator                      group   phase  calls          most sent      most received        sent by all      between nodes
_c10d_functional::all_reduce  tp (2)  -          1  4 000 B (3.9 KiB)  4 000 B (3.9 KiB)  8 000 B (7.8 KiB)  8 000 B (7.8 KiB)

bytes from   to 0   to 1
rank 0          -  4 000
rank 1      4 000      -
)");
  std::string const markdown = run("wire " + small + " --backend openmpi --mesh tp=2 --gpus-per-node 1 --format markdown").out;
  CHECK(markdown.starts_with("`" + small +
                             "`: openmpi, 2 ranks: tp=2; node=1.\n\n| ranks | sent | by | received | by |\n|---|---:|---|---:|---|\n"));
  CHECK(markdown.find("| `_c10d_functional::all_reduce` | `tp` (2) | - | 1 | 4 000 B (3.9 KiB) |") != std::string::npos);
  CHECK(markdown.ends_with("| rank 1 | 4 000 | - |\n"));
}

TEST_CASE("wire: in JSON, whose parts agree", "[wire]") {
  std::string const backend = GENERATE("openmpi", "gloo", "nccl --machine h100-8nic");
  CAPTURE(backend);
  outcome const o = run("wire " + step() + " --backend " + backend + on_eight + " --format json");
  REQUIRE(o.status == 0);
  json const all = json::parse(o.out);
  CHECK(all["commfold_wire"] == 1);
  CHECK(all["ranks"] == 8);
  CHECK((all["mesh"] == json{{"dp", 4}, {"tp", 2}} && all["domains"] == json{{"node", 2}} && all["rank"].is_null()));

  std::map<std::size_t, std::size_t> sent, received;
  std::size_t between = 0, total = 0;
  for (json const& pair : all["matrix"]) {
    std::size_t const from = pair["from"], to = pair["to"], bytes = pair["sent_bytes"];
    sent[from] += bytes;
    received[to] += bytes;
    total += bytes;
    if (from / 2 != to / 2) between += bytes;
  }
  CHECK((all["sent_bytes"]["total"] == total && all["received_bytes"]["total"] == total));
  CHECK((all["links"].size() == 2 && all["links"][1]["link"] == "between nodes" && all["links"][1]["sent_bytes"]["total"] == between));
  CHECK(all["links"][0]["sent_bytes"]["total"] == total - between);
  REQUIRE(all["by_rank"].size() == 8);
  for (json const& rank : all["by_rank"]) {
    CHECK(rank["sent_bytes"] == sent[rank["rank"]]);
    CHECK(rank["received_bytes"] == received[rank["rank"]]);
    if (backend == "openmpi") {
      CHECK(rank["sent_bytes"] == rank["sent_payload_bytes"]);
      CHECK(rank["received_payload_bytes"] == 3 * 750 + 4000);
    } else {
      CHECK(rank["sent_bytes"] > rank["sent_payload_bytes"]);
    }
  }
  std::size_t of_rows = 0;
  for (json const& one : all["rows"]) of_rows += one["sent_bytes"]["total"].get<std::size_t>();
  CHECK(of_rows == total);
  CHECK(all["rows"][1]["sent_bytes_by_link"][1] == 0);  // "tp" is within a node
  CHECK(all["microseconds"].is_null() == !backend.starts_with("nccl"));

  // The CSV has the same matrix.
  std::istringstream lines(run("wire " + step() + " --backend " + backend + on_eight + " --format csv").out);
  std::string line;
  std::getline(lines, line);
  CHECK(line == "from,to,sent_bytes");
  for (json const& pair : all["matrix"]) {
    std::getline(lines, line);
    CHECK(line == pair["from"].dump() + "," + pair["to"].dump() + "," + pair["sent_bytes"].dump());
  }
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("wire: a group along several axes", "[wire]") {
  std::string const report = report_of({row("_c10d_functional::all_reduce", "world", 4)});
  refused_with(run("wire " + report + " --backend openmpi --mesh dp=2,tp=2"),
               "commfold wire: " + report +
                   ": _c10d_functional::all_reduce runs over 'world', which is no axis of --mesh; name it there, or by --group");
  CHECK(run("wire " + report + " --backend openmpi --mesh dp=2,tp=2 --group world=dp,tp").status == 0);
}

TEST_CASE("wire: a send is answered for the rank of its record alone", "[wire]") {
  std::string const report = report_of({row("c10d::send", "pp", 4, R"(, "peer": 2)")});
  refused(run("wire " + report + " --backend openmpi --mesh pp=4"),
          "--rank: is needed: c10d::send over 'pp' is recorded of one rank, and the others are not known; say whose report it is");
  outcome const o = run("wire " + report + " --backend openmpi --mesh pp=4 --rank 1");
  CHECK(o.out.find("\nRank 1 alone: the report is taken for the record of this rank, and nothing is said of the others.\n") !=
        std::string::npos);
  json const all = json::parse(run("wire " + report + " --backend openmpi --mesh pp=4 --rank 1 --format json").out);
  CHECK((all["rank"] == 1 && all["sent_bytes"] == json{{"total", 8}} && all["received_bytes"] == json{{"total", 0}}));
  CHECK(all["matrix"] == json::array({{{"from", 1}, {"to", 2}, {"sent_bytes", 8}}}));
  CHECK(all["by_rank"].size() == 1);
}

TEST_CASE("wire: uneven splits are answered for the rank of their record alone", "[wire]") {
  std::string const report = report_of({row("c10d::alltoall_base_", "ep", 3, R"(, "input_parts": [1, 2, 5], "output_parts": [4, 2, 2])")});
  refused(run("wire " + report + " --backend openmpi --mesh ep=3"), "--rank: is needed: c10d::alltoall_base_ over 'ep'");
  json const all = json::parse(run("wire " + report + " --backend openmpi --mesh ep=3 --rank 1 --format json").out);
  // Rank 1 keeps its own 2 B.
  CHECK((all["sent_bytes"]["total"] == 6 && all["received_bytes"]["total"] == 6));
  CHECK(run("wire " + report + " --backend openmpi --mesh ep=3 --rank 1 --format csv").out ==
        "from,to,sent_bytes\n0,1,4\n1,0,1\n1,2,5\n2,1,2\n");
}

TEST_CASE("wire: calls that NCCL estimates no time for are named", "[wire]") {
  std::string const report = report_of({row("c10d::alltoall_base_", "ep", 2), row("c10d::allreduce_", "ep", 2)});
  std::string const out = run("wire " + report + " --backend nccl --machine h100-8nic --mesh ep=2").out;
  CHECK(out.find(" us by NCCL's own model, one call after the other\nnot in it, since NCCL estimates nothing for it: c10d::alltoall_base_ "
                 "over ep, 1 call\n") != std::string::npos);
  json const all = json::parse(run("wire " + report + " --backend nccl --machine h100-8nic --mesh ep=2 --format json").out);
  CHECK((all["rows"][0]["microseconds"].is_null() && all["rows"][1]["microseconds"] == all["microseconds"]));
  CHECK(all["without_time"] == json::array({{{"operator", "c10d::alltoall_base_"}, {"group", "ep"}, {"calls", 1}}}));
  CHECK(all["microseconds"] > 0);
}

TEST_CASE("wire: what a report does not tell, and what a library cannot run, is refused", "[wire]") {
  auto const [line, options, says] = GENERATE(
      std::tuple{row("c10d::broadcast_", "dp", 4), "openmpi", "the report does not tell the root of c10d::broadcast_ over 'dp', "},
      std::tuple{row("c10d::send", "dp", 4), "gloo --rank 0", "the report does not tell the peer of c10d::send over 'dp', "},
      std::tuple{row("c10d::allreduce_", "dp", 4, "", "bfloat16"), "gloo", "gloo as PyTorch builds it has no c10d::allreduce_ of bfloat16"},
      std::tuple{row("c10d::allreduce_", "dp", 2), "gloo", "group 'dp' has 4 ranks, and 2 in a call of c10d::allreduce_"},
      std::tuple{row("c10d::allreduce_", "x", 4), "gloo", "c10d::allreduce_ runs over 'x', which is no axis of --mesh"});
  outcome const o = run("wire " + report_of({line}) + " --mesh dp=4 --backend " + options);
  refused(o, std::string("report.json: ") + says);
  CHECK(o.err.size() < 200);
}

TEST_CASE("wire: options that mean nothing are refused to the character", "[wire]") {
  auto const [options, says] = GENERATE(
      std::pair{"--mesh dp=4", "--backend: is missing; there are gloo, openmpi and nccl"},
      std::pair{"--backend gloo", "--mesh: is missing; give the axes and their ranks, the last one varying fastest: dp=4,tp=8"},
      std::pair{"--backend ncl --mesh dp=4", "--backend: 'ncl' is no backend; did you mean nccl, gloo or openmpi?"},
      std::pair{"--backend nccl --mesh dp=4", "--machine: is missing; nccl chooses by the machine: h100-8nic, a100-8nic or b200-8nic"},
      std::pair{"--backend gloo --machine h100-8nic --mesh dp=4", "--machine: is of nccl, and the backend is gloo"},
      std::pair{"--backend nccl --machine a100 --mesh dp=4",
                "--machine: 'a100' is no machine; did you mean a100-8nic, h100-8nic or b200-8nic?"},
      std::pair{"--backend gloo --mesh dp", "--mesh: 'dp' is no name and number; a list is like dp=4,tp=8"},
      std::pair{"--backend gloo --mesh ''", "--mesh: '' is no name and number; a list is like dp=4,tp=8"},
      std::pair{"--backend gloo --mesh dp=4,", "--mesh: '' is no name and number; a list is like dp=4,tp=8"},
      std::pair{"--backend gloo --mesh dp=", "--mesh: 'dp' must be a whole number, and is empty"},
      std::pair{"--backend gloo --mesh dp=0", "--mesh: an axis has a name and at least one rank, not 'dp' and 0"},
      std::pair{"--backend gloo --mesh dp=-4", "--mesh: 'dp' must be a whole number, and is -4"},
      std::pair{"--backend gloo --mesh dp=4,dp=2", "--mesh: two axes are called 'dp'"},
      std::pair{"--backend gloo --mesh dp=2000000", "--mesh: has 2000000 ranks; each is answered for, up to 1048576"},
      std::pair{"--backend gloo --mesh dp=12 --gpus-per-node 8",
                "--mesh: a program of 12 ranks does not fill a whole number of 'node' of 8 ranks"},
      std::pair{"--backend gloo --mesh dp=4 --gpus-per-node 0",
                "--gpus-per-node: a domain has a name and at least one rank, not 'node' and 0"},
      std::pair{"--backend gloo --mesh dp=4 --gpus-per-node 2 --domains node=2",
                "--domains: says what --gpus-per-node says: give one of them"},
      std::pair{"--backend gloo --mesh dp=4 --domains node=4,rack=6",
                "--domains: a 'rack' of 6 ranks does not hold a whole number of 'node' of 4 ranks"},
      std::pair{"--backend gloo --mesh dp=4 --group world", "--group: 'world' is no name and axes; a group is like world=dp,tp"},
      std::pair{"--backend gloo --mesh dp=4 --group world=tp", "--group: the mesh has no axis 'tp'"},
      std::pair{"--backend gloo --mesh dp=4 --group dp=dp", "--group: two groups are called 'dp'"},
      std::pair{"--backend gloo --mesh dp=4 --rank 4", "--rank: rank 4 is outside a program of 4 ranks"},
      std::pair{"--backend gloo --mesh dp=4 --rank x", "--rank: it must be a whole number, and is x"});
  refused_with(run("wire " + step() + " " + options), std::string("commfold wire: ") + says);
}

TEST_CASE("plan: with a library the wire follows", "[wire]") {
  std::string const plan = "plan --pad --ranks 16 " + models + "/tiny.json";
  std::string const nccl = " --backend nccl --machine h100-8nic --gpus-per-node 8";
  outcome const o = run(plan + nccl);
  REQUIRE(o.status == 0);
  CHECK(o.out.starts_with(run(plan).out + "\nOn the wire\nnccl (h100-8nic), 16 ranks: dp=16; node=8\n\nranks"));
  CHECK(o.out.find(" us by NCCL's own model") != std::string::npos);
  // It is what the plan as a report gives.
  std::string const report = saved("plan.json", run(plan + " --format json").out);
  std::string const wire = run("wire " + report + nccl + " --mesh dp=16").out;
  CHECK(o.out.substr(o.out.find("nccl (h100")) == wire.substr(wire.find("nccl (h100")));
  refused_with(run(plan + nccl + " --format csv"),
               "commfold plan: --backend: a plan in csv does not hold it; write the plan in json, and give commfold wire that");
  refused_with(run(plan + " --gpus-per-node 8"), "commfold plan: --backend: is missing; there are gloo, openmpi and nccl");
}
