// SPDX-License-Identifier: BSL-1.0
// Is what we are compared with written by hand? Each peer of each case is preprocessed, and of the library it may have the types of its
// leaves: a peer that called one of our functions would pay for it, and make us look better.
#include <benchmarks/suite/cases.hpp>
#include <benchmarks/suite/process.hpp>
#include <benchmarks/suite/program.hpp>
#include <benchmarks/suite/standard_headers.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace bench;

namespace {

std::filesystem::path const root = COMMFOLD_ROOT;

/// What a program takes of the library: the headers that it opens, and the names behind `cf::` or `commfold::` in its own lines.
struct taken {
  std::set<std::string> headers, names;
};

taken taken_by(bench_case const& of, peer const& by) {
  program const asked = program_of(of, by, of.sizes.front(), question::asked);
  std::vector<std::string> words{COMMFOLD_CXX, COMMFOLD_FLAGS, "-E", "-w"};
  for (std::string const& macro : asked.macros) words.push_back("-D" + macro);
  words.push_back((root / asked.source).string());
  process const run_of = run(words);
  REQUIRE(run_of.succeeded);

  static std::regex const marker(R"(^# \d+ "([^"]*)\")"), name(R"(\b(?:cf|commfold)::(\w+))");
  taken found;
  bool is_own = false;
  std::istringstream lines(run_of.printed);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, marker)) {
      std::string const file = match[1];
      is_own = file.find("benchmarks/compile_time/") != std::string::npos;
      std::size_t const at = file.find("include/commfold/");
      if (at != std::string::npos) found.headers.insert(file.substr(at + std::string("include/").size()));
    } else if (is_own) {
      for (std::sregex_iterator it(line.begin(), line.end(), name), end; it != end; ++it) found.names.insert((*it)[1]);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("peers have nothing of the library but the types of their leaves", "[bench]") {
  std::set<std::string> const headers = includes_of(root / "include", "commfold/tensor/tensor.hpp").ours;
  std::set<std::string> const types{"tensor", "f32", "bf16"};
  int peers = 0;
  for (bench_case const& of : all_cases())
    for (peer const& by : of.peers) {
      if (by.ours) continue;
      INFO(of.name << ", " << by.name);
      taken const found = taken_by(of, by);
      for (std::string const& header : found.headers) {
        INFO(header);
        CHECK(headers.contains(header));
      }
      for (std::string const& name : found.names) {
        INFO(name);
        CHECK(types.contains(name));
      }
      ++peers;
    }
  CHECK(peers == 28);
}

TEST_CASE("what a program of ours takes is seen", "[bench]") {
  for (bench_case const& of : all_cases()) {
    if (of.name != "sum_tree") continue;
    taken const found = taken_by(of, of.peers.front());
    CHECK(found.names.contains("sum_tensors_v"));
    CHECK(found.headers.contains("commfold/tree/sum.hpp"));
  }
}
