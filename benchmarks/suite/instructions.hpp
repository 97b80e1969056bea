// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/instructions.hpp
/// How many instructions a front end executes, as valgrind counts them: the same in every run, whatever else the machine does, so that a
/// small difference of two programs means something. It takes some thirty times as long as compiling, and so only the rows named here are
/// counted, and once.

#include "cases.hpp"
#include "process.hpp"
#include "program.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A row whose programs are counted.
struct counted_row {
  std::string name, peer;
  int size;
};

inline std::vector<counted_row> const& counted_rows() {
  static std::vector<counted_row> const rows{
      {"sum_tree", "COMMFOLD", 1024},     {"sum_tree", "HANA_FOLD_LEFT", 1024},    {"sum_tree", "HANA_UNPACK", 1024},
      {"sum_tree", "COMMFOLD", 4096},     {"sum_tree", "MP11_FOLD", 4096},         {"sum_tree", "MP11_TRANSFORM", 4096},
      {"sum_tree", "COMMFOLD", 16384},    {"sum_tree", "VARIABLE_TEMPLATE", 4096}, {"sum_tree", "VARIABLE_TEMPLATE", 16384},
      {"sum_tree", "WITH_TRAITS", 4096},  {"sum_structs", "COMMFOLD", 1024},       {"sum_structs", "COMMFOLD_TUPLES", 1024},
      {"trace_layers", "COMMFOLD", 8},    {"trace_layers", "COMMFOLD", 128},       {"trace_repeat", "COMMFOLD", 8},
      {"trace_repeat", "COMMFOLD", 8000}, {"trace_calls", "CONSTANT", 500},        {"trace_calls", "CONSTANT", 1000},
      {"trace_calls", "RUN_TIME", 500},   {"trace_calls", "RUN_TIME", 1000},       {include_case, "commfold/commfold.hpp", 0}};
  return rows;
}

inline bool is_counted(std::string const& name, std::string const& peer, int size) {
  auto const& rows = counted_rows();
  return std::any_of(rows.begin(), rows.end(),
                     [&](counted_row const& row) { return row.name == name && row.peer == peer && row.size == size; });
}

/// The sum of what valgrind prints for each process: `==12== I   refs:      3,167,197,496`.
inline long read_instructions(std::string_view printed) {
  constexpr std::string_view word = "refs:";
  long all = 0;
  for (std::size_t at = 0; (at = printed.find(word, at)) != std::string_view::npos;) {
    std::size_t const end = std::min(printed.find('\n', at), printed.size());
    std::string_view const before = printed.substr(0, at).substr(printed.substr(0, at).rfind('\n') + 1);
    at += word.size();
    if (before.find("== I ") == std::string_view::npos) continue;
    long count = 0;
    for (; at < end; ++at)
      if (std::isdigit(static_cast<unsigned char>(printed[at]))) count = count * 10 + (printed[at] - '0');
    all += count;
  }
  if (all == 0) throw std::runtime_error("valgrind told no number of instructions");
  return all;
}

/// The command under valgrind, with the processes that it starts: g++ is a driver, whose own million instructions are in both programs and
/// cancel out. The caller's environment is left out: its length moves the compiler's addresses, and they change the count. A compiler does
/// not change its own code and runs most of it seldom, so valgrind neither looks for such changes nor optimises much.
inline std::vector<std::string> under_valgrind(std::vector<std::string> const& command) {
  char const* const path = std::getenv("PATH");
  std::vector<std::string> words{"env",
                                 "-i",
                                 std::string("PATH=") + (path == nullptr ? "" : path),
                                 "LC_ALL=C",
                                 "valgrind",
                                 "--tool=cachegrind",
                                 "--cache-sim=no",
                                 "--cachegrind-out-file=/dev/null",
                                 "--trace-children=yes",
                                 "--smc-check=none",
                                 "--vex-iropt-level=1"};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

/// Whether there is a valgrind to count with.
inline bool can_count_instructions() { return run({"sh", "-c", "command -v valgrind || exit 1"}).succeeded; }

/// How many instructions the front end executes for a program.
inline long count_instructions(compiler const& cxx, program const& p) {
  process const done = run(under_valgrind(front_end(cxx, p)), {3600, 64});
  if (!done.succeeded) throw std::runtime_error(p.source.string() + " does not compile under valgrind: " + first_error(done.printed));
  return read_instructions(done.printed);
}

}  // namespace bench
