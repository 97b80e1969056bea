// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/cases.hpp
/// The compile-time cases: what is asked, of whom, at which sizes. What each peer does stands in the case's source.

#include "program.hpp"
#include "standard_headers.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace bench {

/// One way to answer the question of a case.
struct peer {
  std::string name;             ///< the macro PEER_<name> chooses it
  std::string title;            ///< in tables and plots
  std::string names_like = {};  ///< the peer whose program names the same types after the same headers, where there is one
  bool ours = false;
  bool to_the_largest = false;  ///< also at the last of the sizes
  int quoted_at = 0;            ///< a target quotes this size: the peer is run there, even if it is expected to hit the limit
};

struct bench_case {
  std::string name;  ///< of benchmarks/compile_time/<name>.cpp
  std::string title;
  std::string unit;  ///< what a size counts
  std::vector<int> sizes;
  std::vector<peer> peers;
  bool last_is_for_the_cheapest = false;
};

inline std::vector<bench_case> const& all_cases() {
  static std::vector<bench_case> const cases = [] {
    std::vector<peer> const sums{{"COMMFOLD", "commfold", {}, true, true},
                                 {"HANA_FOLD_LEFT", "hana::fold_left"},
                                 {"HANA_UNPACK", "hana::unpack"},
                                 {"MP11_FOLD", "mp_fold"},
                                 {"MP11_TRANSFORM", "mp_transform", "MP11_FOLD", false, true},
                                 {"STD_APPLY", "std::apply", "VARIABLE_TEMPLATE"},
                                 {"RECURSION", "recursion", "VARIABLE_TEMPLATE"},
                                 {"VARIABLE_TEMPLATE", "variable template by hand", {}, false, true},
                                 {"WITH_TRAITS", "variable template, traits and checks", "VARIABLE_TEMPLATE", false, true}};
    return std::vector<bench_case>{
        {"sum_tree", "sum_tensors_v, leaves in nodes of 16", "leaves", {64, 256, 1024, 4096, 16384}, sums, true},
        {"sum_flat", "sum_tensors_v, leaves in one node", "leaves", {64, 256, 1024, 4096, 16384}, sums, true},
        {"sum_structs",
         "sum_tensors_v, leaves in plain structs of 8 fields",
         "leaves",
         {64, 256, 1024, 4096},
         {{"COMMFOLD", "commfold, structs", {}, true},
          {"COMMFOLD_TUPLES", "commfold, tuples", {}, true},
          {"HANA_UNPACK", "hana::members"},
          {"STD_APPLY", "std::apply, structure_tie"},
          {"MP11_TRANSFORM", "mp_transform, structure_to_tuple"},
          {"BY_HAND", "variable template by hand"}}},
        {"tree_map_only",
         "tree_map_only, leaves in rows of 16",
         "leaves",
         {64, 256, 1024},
         {{"COMMFOLD_TUPLE", "commfold, std::tuple", {}, true},
          {"COMMFOLD_HANA", "commfold, hana::tuple", {}, true},
          {"COMMFOLD_STRUCT", "commfold, structs", {}, true},
          {"HANA_TRANSFORM", "hana::transform", {}, false, false, 1024},
          {"STD_APPLY", "std::apply", {}, false, false, 1024},
          {"MP11_TRANSFORM", "tuple_transform"},
          {"RECURSION", "recursion", "STD_APPLY"}}},
        {"tree_flatten",
         "tree_flatten, leaves in rows of 16",
         "leaves",
         {64, 256, 1024},
         {{"COMMFOLD_TUPLE", "commfold, std::tuple", {}, true},
          {"COMMFOLD_LEAVES", "commfold, tree_leaves", "COMMFOLD_TUPLE", true},
          {"COMMFOLD_HANA", "commfold, hana::tuple", {}, true},
          {"COMMFOLD_STRUCT", "commfold, structs", {}, true},
          {"HANA_FLATTEN", "hana::flatten", {}, false, false, 1024},
          {"STD_APPLY", "std::tuple_cat", {}, false, false, 1024},
          {"MP11_FLATTEN", "mp_flatten"},
          {"RECURSION", "recursion", "STD_APPLY"}}},
        {"get_comm_tensor_size", "get_comm_tensor_size, a call of each operator", "operators", {39}, {{"COMMFOLD", "commfold", {}, true}}},
        {"trace_layers", "trace of a std::array of layers", "layers", {8, 80, 128}, {{"COMMFOLD", "commfold", {}, true}}},
        {"trace_repeat", "trace of repeat(n)", "repeats", {8, 8000}, {{"COMMFOLD", "commfold", {}, true}}},
        {"trace_calls",
         "trace of distinct calls",
         "calls",
         {50, 200, 500, 1000, 2000},
         {{"CONSTANT", "a constant", {}, true}, {"RUN_TIME", "at run time", "CONSTANT", true}}},
    };
  }();
  return cases;
}

/// The case whose peers are the public headers.
inline constexpr char const* include_case = "include";

/// How many of the library's adapters a header brings along.
inline int adapters_in(std::string const& header) {
  int count = 0;
  for (std::string const& name : includes_of("include", header).ours) count += name.starts_with("commfold/adapt/") ? 1 : 0;
  return count;
}

enum class question { named, asked };

inline program program_of(bench_case const& c, peer const& p, int size, question q) {
  bool const shared = q == question::named && !p.names_like.empty();
  program made{"benchmarks/compile_time/" + c.name + ".cpp",
               {"BENCHMARK_SIZE=" + std::to_string(size), "PEER_" + (shared ? p.names_like : p.name)}};
  if (q == question::asked) made.macros.emplace_back("ASK");
  return made;
}

/// A header after the standard headers that it brings along (asked), and those alone (named). Headers with the same ones share the source.
inline program program_including(std::filesystem::path const& scratch, std::string const& header, question q) {
  included const all = includes_of("include", header);
  std::string name = "standard";
  if (q == question::asked) {
    name = header;
  } else {
    for (std::string const& standard : all.standard) name += "-" + standard;
  }
  std::replace(name.begin(), name.end(), '/', '-');
  // The names of files are limited in length.
  if (name.size() > 200) name = name.substr(0, 150) + "-" + std::to_string(std::hash<std::string>{}(name));
  std::filesystem::path const source = scratch / (name + ".cpp");
  if (!std::filesystem::exists(source)) std::ofstream(source) << source_including(all.standard, q == question::asked ? header : "");
  return {source, {}};
}

}  // namespace bench
