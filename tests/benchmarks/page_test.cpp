// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/page.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>

using namespace bench;

namespace {

/// commfold takes 0.3 s and 300 million instructions above naming where mp_fold takes 1 s and 1000 million: more than a fifth.
results some_results() {
  results r;
  r.about = {{"machine", {{"processor", "a processor"}, {"cores", 2}, {"memory_gib", 8}}},
             {"date", "2026-01-02"},
             {"command", "scripts/bench.sh compile"},
             {"compilers", {{"g++", {{"gcc", "12.2.0"}, {"Boost", "1_81"}}}}}};
  r.measurements.push_back(
      {"sum_tree", "COMMFOLD", "g++", 4096, figures{0.5, 0.5, 100, 3, {}, 500000000}, figures{0.8, 0.8, 110, 3, {}, 800000000}, ""});
  r.measurements.push_back(
      {"sum_tree", "MP11_FOLD", "g++", 4096, figures{0.25, 0.25, 50, 3, {}, 250000000}, figures{1.25, 1.25, 90, 3, {}, 1250000000}, ""});
  r.measurements.push_back({"sum_tree", "RECURSION", "g++", 4096, {}, {}, "refused: too deep"});
  return r;
}

run_results no_runs() {
  run_results r;
  r.about = {{"machine", {{"processor", "another"}, {"cores", 4}, {"memory_gib", 16}}}, {"date", "2026-01-03"}};
  return r;
}

std::string filled(std::string const& prose) { return page_of(prose, some_results(), no_runs()).text; }

}  // namespace

TEST_CASE("placeholders become what was measured", "[bench]") {
  CHECK(filled("{{machine}}; {{date}}; `{{command}}`; {{versions}}; {{run_machine}}") ==
        "a processor, 2 cores, 8 GiB; 2026-01-02; `scripts/bench.sh compile`; Boost 1_81, gcc 12.2.0; another, 4 cores, 16 GiB\n");
  CHECK(filled("{{figure:sum_tree/COMMFOLD/4096/g++/above_s}} {{figure:sum_tree/COMMFOLD/4096/g++/each_us}}") == "0.30 73\n");
  CHECK(filled("{{figure:sum_tree/COMMFOLD/64/g++/above_s}}{{figure:sum_tree/RECURSION/4096/g++/above_s}}") == "––\n");
  CHECK(filled("no placeholder\n\nat all") == "no placeholder\n\nat all\n");
}

TEST_CASE("a table has a row a peer, and says why a cell is empty", "[bench]") {
  std::string const table = filled("{{table:sum_tree}}");
  CHECK(table.starts_with("| g++ 12.2.0, leaves | 4096 |\n|---|---:|\n| **commfold** | 0.300 |\n"));
  CHECK(table.find("| mp_fold | 1.000 |\n") != std::string::npos);
  CHECK(table.find("| recursion | – |\n") != std::string::npos);
  CHECK(table.ends_with("\n\nrecursion, 4096: refused: too deep.\n"));
}

TEST_CASE("a plot is a file beside the page", "[bench]") {
  page const made = page_of("{{plot:sum_tree}}", some_results(), no_runs());
  CHECK(made.text == "![sum_tensors_v, leaves in nodes of 16](cost/sum_tree.svg)\n");
  REQUIRE(made.plots.size() == 1);
  CHECK(made.plots.at("sum_tree.svg").starts_with("<svg "));
}

TEST_CASE("a target is held, missed or not measured, and what is missed is explained", "[bench]") {
  std::string const table = filled("{{targets}}");
  CHECK(table.find("of `mp_fold` | 0.20 × | 0.30 ×, **missed** |") != std::string::npos);
  CHECK(table.find("peak memory, of naming them | 1.20 × | 1.10 ×, held |") != std::string::npos);
  CHECK(table.find("trace of `repeat(8000)`: instructions above naming, of those of `repeat(8)` | 1.10 × | not measured |") !=
        std::string::npos);

  page const made = page_of("{{missed:sum_mp11}} because\n{{missed:sum_memory}} not shown", some_results(), no_runs());
  CHECK(made.text == "because\n");
  CHECK(made.unexplained.empty());
  CHECK(page_of("", some_results(), no_runs()).unexplained == std::vector<std::string>{"sum_mp11"});
}

TEST_CASE("targets over instructions do not look at seconds", "[bench]") {
  // 12 million above naming beside 10, and 512 beside 510; in seconds 0.4 beside 0.1.
  results r = some_results();
  r.measurements.push_back(
      {"trace_repeat", "COMMFOLD", "g++", 8, figures{0.5, 0.5, 100, 3, {}, 500000000}, figures{0.6, 0.6, 100, 3, {}, 510000000}, ""});
  r.measurements.push_back(
      {"trace_repeat", "COMMFOLD", "g++", 8000, figures{0.5, 0.5, 100, 3, {}, 500000000}, figures{0.9, 0.9, 100, 3, {}, 512000000}, ""});
  r.measurements.push_back({"include", "commfold/commfold.hpp", "g++", 0, figures{0.5, 0.5, 100, 3, {}, 400000000},
                            figures{0.9, 0.9, 100, 3, {}, 500000000}, ""});
  std::string const text = page_of("{{targets}}\n{{instructions}}", r, no_runs()).text;
  CHECK(text.find("`repeat(8000)`: instructions above naming, of those of `repeat(8)` | 1.10 × | 1.20 ×, **missed** |\n"
                  "| the same, instructions of the whole compile | 1.10 × | 1.00 ×, held |") != std::string::npos);
  CHECK(text.find("instructions, of those of its standard headers alone | 1.40 × | 1.25 ×, held |") != std::string::npos);
  CHECK(text.find("| trace of repeat(n), commfold, 8000 | 500.0 | 512.0 | 12.0 |") != std::string::npos);
  CHECK(text.find("| `#include <commfold/commfold.hpp>` | 400.0 | 500.0 | 100.0 |") != std::string::npos);
  CHECK(text.find("| trace of distinct calls, a constant, 500 | – | – | – |") != std::string::npos);

  // Measured, but not counted; and refused.
  r.measurements.back().asked->instructions.reset();
  CHECK(page_of("{{targets}}", r, no_runs()).text.find("its standard headers alone | 1.40 × | not measured |") != std::string::npos);
  r.measurements.back() = {"include", "commfold/commfold.hpp", "g++", 0, {}, {}, "refused: no"};
  CHECK(page_of("{{targets}}", r, no_runs()).text.find("its standard headers alone | 1.40 × | no figure (refused: no), **missed** |") !=
        std::string::npos);
}

TEST_CASE("a template that asks for what there is not is refused", "[bench]") {
  for (char const* prose : {"{{nothing}}", "{{table:nothing}}", "{{plot:nothing}}", "{{figure:sum_tree/COMMFOLD}}",
                            "{{figure:nothing/COMMFOLD/64/g++/above_s}}", "{{figure:sum_tree/COMMFOLD/4096/g++/nothing}}", "{{machine",
                            "{{missed:nothing}} why"})
    CHECK_THROWS_AS(filled(prose), std::runtime_error);
}

TEST_CASE("a peer that was stopped had taken so long, what of ours is refused is missed, and what was not run is not measured", "[bench]") {
  results r = some_results();
  r.about["limits"] = {{"seconds", 20}};
  r.measurements.push_back(
      {"tree_flatten", "COMMFOLD_TUPLE", "g++", 1024, figures{0.5, 0.5, 100, 3, {}}, figures{2.5, 2.5, 110, 3, {}}, ""});
  r.measurements.push_back({"tree_flatten", "STD_APPLY", "g++", 1024, {}, {}, "stopped at 20 s or 8 GB"});
  r.measurements.push_back({"trace_calls", "CONSTANT", "g++", 2000, {}, {}, "refused: too many steps"});
  std::string const table = page_of("{{targets}}", r, no_runs()).text;
  CHECK(table.find("of `std::apply` of `std::tuple_cat` | 0.25 × | under 0.10 ×, held |") != std::string::npos);
  CHECK(table.find("| the same, of 2000 | 2.00 ms | no figure (refused: too many steps), **missed** |") != std::string::npos);
  r.measurements.back().not_run = "not run: some 9 s foreseen, 8 s allowed";
  CHECK(page_of("{{targets}}", r, no_runs()).text.find("| the same, of 2000 | 2.00 ms | not measured |") != std::string::npos);
  r.measurements[r.measurements.size() - 2].not_run = "refused: too deep";
  CHECK(page_of("{{targets}}", r, no_runs()).text.find("of `std::apply` of `std::tuple_cat` | 0.25 × | not measured |") !=
        std::string::npos);
}
