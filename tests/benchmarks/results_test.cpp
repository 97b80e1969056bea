// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/process.hpp>
#include <benchmarks/suite/results.hpp>
#include <benchmarks/suite/run_time.hpp>
#include <benchmarks/suite/statistics.hpp>
#include <benchmarks/suite/toolchain.hpp>

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

using namespace bench;
using Catch::Approx;

TEST_CASE("minimum and median", "[bench]") {
  CHECK(minimum({3, 1, 2}) == 1);
  CHECK(median({3, 1, 2}) == 2);
  CHECK(median({4, 1, 3, 2}) == 2.5);
  CHECK_THROWS_AS(minimum({}), std::invalid_argument);
  CHECK_THROWS_AS(median({}), std::invalid_argument);
}

TEST_CASE("results are read as they were written, one line a measurement", "[bench]") {
  results r;
  r.about = {{"date", "2026-01-02"}};
  r.measurements.push_back({"sum_tree", "COMMFOLD", "clang++", 64, figures{0.5, 0.75, 100, 3, 12}, figures{0.625, 1, 110.5, 3, 20}, ""});
  r.measurements.push_back({"sum_tree", "RECURSION", "g++", 4096, {}, {}, "refused: too deep"});
  CHECK(written(r) == R"({
  "date": "2026-01-02",
  "measurements": [
    {"case":"sum_tree","peer":"COMMFOLD","size":64,"compiler":"clang++","named":{"seconds":0.5,"median":0.75,"megabytes":100.0,"runs":3,"instantiations":12},"asked":{"seconds":0.625,"median":1.0,"megabytes":110.5,"runs":3,"instantiations":20}},
    {"case":"sum_tree","peer":"RECURSION","size":4096,"compiler":"g++","not_run":"refused: too deep"}
  ]
}
)");
  results const again = results_in(nlohmann::ordered_json::parse(written(r)));
  CHECK(written(again) == written(r));
  measurement const* const m = again.find("sum_tree", "COMMFOLD", 64, "clang++");
  REQUIRE(m != nullptr);
  CHECK(m->seconds_above() == 0.125);
  CHECK(m->instantiations_above() == 8);
  CHECK_FALSE(again.find("sum_tree", "RECURSION", 4096, "g++")->measured());
  CHECK(again.find("sum_tree", "COMMFOLD", 256, "clang++") == nullptr);
}

TEST_CASE("of Google Benchmark's repetitions the least is kept, without the machine's name", "[bench]") {
  auto const j = nlohmann::json::parse(R"({"context":{"host_name":"secret","executable":"/secret"},"benchmarks":[
    {"name":"v/commfold/10","run_name":"v/commfold/10","family_index":0,"run_type":"iteration","items_per_second":5e8,"pytorch_ns_per_item":730},
    {"name":"v/commfold/10","run_name":"v/commfold/10","family_index":0,"run_type":"iteration","items_per_second":1e9,"pytorch_ns_per_item":730},
    {"name":"v/commfold/10_mean","run_name":"v/commfold/10","run_type":"aggregate","items_per_second":1e10},
    {"name":"v/by_hand/10","run_name":"v/by_hand/10","family_index":1,"run_type":"iteration","items_per_second":8e8}]})");
  run_results r;
  r.about = {{"date", "2026-01-02"}};
  r.figures = figures_of_google_benchmark(j, "g++");
  REQUIRE(r.figures.size() == 2);
  CHECK(r.find("v/commfold/10", "g++")->nanoseconds_an_item == Approx(1));
  CHECK(r.find("v/commfold/10", "g++")->median == Approx(1.5));
  CHECK(written(r).find("secret") == std::string::npos);
  CHECK(written(run_results_in(nlohmann::ordered_json::parse(written(r)))) == written(r));
  CHECK(run_table(r) ==
        "| ns for an item | g++ | by hand | × | PyTorch, × |\n|---|---:|---:|---:|---:|\n| v, 10 | 1.00 | 1.25 | 0.80 | 730 |");
  CHECK_THROWS_AS(figures_of_google_benchmark(nlohmann::json::parse(R"({"benchmarks":[{"name":"x","error_occurred":true}]})"), "g++"),
                  std::runtime_error);
}

TEST_CASE("a process tells its end, its output and its cost", "[bench]") {
  process const good = run({"sh", "-c", "echo out; echo err >&2"});
  CHECK((good.succeeded && !good.stopped && good.megabytes > 0));
  CHECK(good.printed == "out\nerr\n");
  process const bad = run({"sh", "-c", "exit 3"});
  CHECK((!bad.succeeded && !bad.stopped));
  CHECK_THROWS_AS(run({"/no/such/compiler"}), std::runtime_error);
}

TEST_CASE("a process runs under the limits it is given", "[bench]") {
  // Seconds, and kibibytes.
  CHECK(run({"sh", "-c", "ulimit -t; ulimit -v"}, {.seconds = 7, .gigabytes = 3}).printed == "7\n3145728\n");
}

TEST_CASE("what a limit ended is told apart from what failed", "[bench]") {
  // What the kernel sends to one that has used up its seconds.
  process const ended = run({"sh", "-c", "kill -XCPU $$"});
  CHECK((!ended.succeeded && ended.stopped));
  process const crashed = run({"sh", "-c", "kill -SEGV $$"});
  CHECK((!crashed.succeeded && !crashed.stopped));
  CHECK(run({"sh", "-c", "echo cc1plus: out of memory allocating 65536 bytes; exit 1"}).stopped);
  CHECK_FALSE(run({"sh", "-c", "echo out of memory; exit 0"}).stopped);
  // A driver exits with 1 whatever ended its child; the status of a process holds that in its second byte.
  constexpr int exited_with_1 = 0x100;
  CHECK(detail::ended_by_limit(exited_with_1, 9.0, "", {.seconds = 10, .gigabytes = 8}));
  CHECK_FALSE(detail::ended_by_limit(exited_with_1, 8.9, "", {.seconds = 10, .gigabytes = 8}));
  CHECK_FALSE(detail::ended_by_limit(0, 9.9, "", {.seconds = 10, .gigabytes = 8}));
}

TEST_CASE("instructions are kept where they were counted", "[bench]") {
  results r;
  r.about = {{"date", "2026-01-02"}};
  r.measurements.push_back(
      {"trace_repeat", "COMMFOLD", "g++", 8, figures{0.5, 0.5, 100, 3, {}, 3171031499}, figures{0.5, 0.5, 100, 3, {}, 3200031500}, ""});
  r.measurements.push_back({"trace_calls", "CONSTANT", "g++", 50, figures{0.5, 0.5, 100, 3, {}, 7}, figures{0.5, 0.5, 100, 3, {}}, ""});
  CHECK(written(r).find(R"("runs":3,"instructions":3171031499},"asked")") != std::string::npos);
  results const again = results_in(nlohmann::ordered_json::parse(written(r)));
  CHECK(written(again) == written(r));
  CHECK(again.find("trace_repeat", "COMMFOLD", 8, "g++")->instructions_above() == 29000001);
  CHECK_FALSE(again.find("trace_calls", "CONSTANT", 50, "g++")->instructions_above().has_value());
}

TEST_CASE("a file is written whole, and nothing is left beside it", "[bench]") {
  scratch_folder const scratch;
  std::filesystem::path const file = scratch.path() / "made" / "results.json";
  write(file, "one");
  write(file, "two");
  CHECK(contents(file) == "two");
  CHECK(std::distance(std::filesystem::directory_iterator(file.parent_path()), {}) == 1);
  // What cannot be written leaves the file as it was.
  std::filesystem::create_directory(file.string() + ".new");
  CHECK_THROWS_AS(write(file, "three"), std::runtime_error);
  CHECK(contents(file) == "two");
}

TEST_CASE("of an error the words are kept, and not the place", "[bench]") {
  CHECK(first_error("/home/me/a.cpp:1:2: warning: w\n/home/me/a.cpp:3:4: fatal error: too deep\nmore") == "too deep");
  CHECK(first_error("nothing") == "refused");
}
