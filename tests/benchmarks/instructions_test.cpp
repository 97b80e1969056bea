// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/instructions.hpp>
#include <benchmarks/suite/measure.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace bench;

TEST_CASE("the instructions of a driver and its compiler are added", "[bench]") {
  CHECK(read_instructions("==7568== \n==7568== I   refs:      3,177,491,442\n==7554== \n==7554== I   refs:      1,247,665\n") ==
        3178739107);
  CHECK(read_instructions("==1== I refs:        1,234") == 1234);
}

TEST_CASE("what is no number of instructions is none", "[bench]") {
  // With simulated caches there are more lines of references.
  CHECK(read_instructions("==1== I   refs:      5\n==1== D   refs:      7  (3 rd + 4 wr)\n==1== LL refs:       9\n") == 5);
  CHECK_THROWS_AS(read_instructions(""), std::runtime_error);
  CHECK_THROWS_AS(read_instructions("a.cpp:1: warning: refs: 12"), std::runtime_error);
}

TEST_CASE("each row that is counted is a row of the suite", "[bench]") {
  for (counted_row const& row : counted_rows()) {
    CAPTURE(row.name, row.peer, row.size);
    CHECK(is_counted(row.name, row.peer, row.size));
    if (row.name == include_case) continue;
    auto const c = std::find_if(all_cases().begin(), all_cases().end(), [&](bench_case const& one) { return one.name == row.name; });
    REQUIRE(c != all_cases().end());
    CHECK(std::find(c->sizes.begin(), c->sizes.end(), row.size) != c->sizes.end());
    CHECK(std::any_of(c->peers.begin(), c->peers.end(), [&](peer const& p) { return p.name == row.peer; }));
  }
  CHECK_FALSE(is_counted("trace_repeat", "COMMFOLD", 9));
}

TEST_CASE("the environment of the caller does not reach what is counted", "[bench]") {
  std::vector<std::string> const words = under_valgrind({"c++", "a.cpp"});
  CHECK((words.at(0) == "env" && words.at(1) == "-i"));
  CHECK(std::vector(words.end() - 2, words.end()) == std::vector<std::string>{"c++", "a.cpp"});
}

TEST_CASE("jobs are all done, and one that fails is told", "[bench]") {
  std::atomic<int> sum = 0;
  std::vector<std::function<void()>> jobs;
  for (int const n : {1, 2, 3, 4, 5}) jobs.emplace_back([&sum, n] { sum += n; });
  bench::detail::at_once(jobs);
  CHECK(sum == 15);
  jobs.emplace_back([] { throw std::runtime_error("no"); });
  CHECK_THROWS_AS(bench::detail::at_once(jobs), std::runtime_error);
  bench::detail::at_once({});
}

TEST_CASE("a library that is broken is not measured, and a peer that is refused is", "[bench]") {
  measurement m{"sum_tree", "COMMFOLD", "g++", 64, {}, {}, "refused: no such type"};
  CHECK_THROWS_AS(bench::detail::throw_if_broken(m), std::runtime_error);
  m.not_run = "stopped at 10 s or 8 GB";
  CHECK_NOTHROW(bench::detail::throw_if_broken(m));
  m.not_run = "";
  CHECK_NOTHROW(bench::detail::throw_if_broken(m));
}
