// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/gate_cases.hpp
/// The few questions that the gate counts: each of our own cases once, at a size that is soon compiled.

#include "cases.hpp"
#include "gate.hpp"
#include "measure.hpp"

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct gate_case {
  std::string name, peer;
  int size;
};

inline std::vector<gate_case> const& gate_cases() {
  static std::vector<gate_case> const cases{
      {"sum_tree", "COMMFOLD", 1024},          {"sum_flat", "COMMFOLD", 256},           {"sum_structs", "COMMFOLD", 256},
      {"tree_map_only", "COMMFOLD_TUPLE", 64}, {"tree_map_only", "COMMFOLD_HANA", 64},  {"tree_map_only", "COMMFOLD_STRUCT", 64},
      {"tree_flatten", "COMMFOLD_TUPLE", 64},  {"tree_flatten", "COMMFOLD_STRUCT", 64}, {"get_comm_tensor_size", "COMMFOLD", 39},
      {"trace_layers", "COMMFOLD", 8},         {"trace_repeat", "COMMFOLD", 8},         {"trace_calls", "CONSTANT", 50},
      {"trace_calls", "RUN_TIME", 50}};
  return cases;
}

/// Counts all of them, and what including the library takes.
inline counted_cases count_all(compiler const& clang, std::filesystem::path const& scratch) {
  counted_cases counted;
  auto const count = [&](std::string const& name, program const& named, program const& asked) {
    counted[name] = above(count_instantiations(clang, asked, scratch), count_instantiations(clang, named, scratch));
    std::printf("  %-40s %7ld\n", name.c_str(), total(counted[name]));
    std::fflush(stdout);
  };
  for (gate_case const& g : gate_cases())
    for (bench_case const& c : all_cases())
      for (peer const& p : c.peers)
        if (c.name == g.name && p.name == g.peer)
          count(c.name + " " + p.name + " " + std::to_string(g.size), program_of(c, p, g.size, question::named),
                program_of(c, p, g.size, question::asked));
  for (std::string const header : {"commfold/commfold.hpp", "commfold/adapt/hana.hpp"})
    count("#include <" + header + ">", program_including(scratch, header, question::named),
          program_including(scratch, header, question::asked));
  return counted;
}

}  // namespace bench
