// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/targets.hpp
/// The targets for the compile time, and whether they are met.

#include "cases.hpp"
#include "results.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// The value that was measured for a target.
struct reading {
  double value = 0;
  bool at_most = false;  ///< the peer was stopped at the limit of the suite, and would have taken longer
  std::string failed{};  ///< why there is no value: our own program was refused, or stopped at the limit of the suite
};

/// A figure that is to be at most a limit, for each compiler by itself.
struct target {
  std::string key;  ///< what benchmarks/cost.md.in calls it by
  std::string what;
  double limit = 0;
  std::string unit;  ///< of figure and limit: `x` for a ratio, of seconds where `what` does not say of what
  std::function<std::optional<reading>(results const&, std::string const& compiler)> figure;
};

/// A difference of two compile times below this is noise, and is taken for this much where a ratio is formed.
inline constexpr double least_seconds = 0.01;

namespace detail {

inline double cost(measurement const& m) { return std::max(least_seconds, m.seconds_above()); }

/// The cost of one of our programs above naming, divided by that of another program, of a peer or ours.
inline auto ratio(char const* name, char const* ours, int size, char const* other_name, char const* other, int other_size) {
  return [=](results const& r, std::string const& compiler) -> std::optional<reading> {
    measurement const* const a = r.find(name, ours, size, compiler);
    measurement const* const b = r.find(other_name, other, other_size, compiler);
    if (a == nullptr || b == nullptr || a->not_run.starts_with("not run")) return std::nullopt;
    if (!a->measured()) return reading{.failed = a->not_run};
    if (b->measured()) return reading{.value = cost(*a) / cost(*b)};
    // A compiler that refuses a peer says nothing of its cost; one that was stopped had taken that long.
    if (b->not_run.find("stopped at") == std::string::npos) return std::nullopt;
    return reading{.value = cost(*a) / r.about.at("limits").at("seconds").get<double>(), .at_most = true};
  };
}
inline auto ratio(char const* name, char const* ours, char const* other, int size) { return ratio(name, ours, size, name, other, size); }

/// The instructions of our program at one size, as `get` reads them, divided by those at another size.
template <class Get>
auto instructions_ratio(char const* name, char const* ours, int size, char const* other, int other_size, Get get) {
  return [=](results const& r, std::string const& compiler) -> std::optional<reading> {
    measurement const* const a = r.find(name, ours, size, compiler);
    measurement const* const b = r.find(name, other, other_size, compiler);
    for (measurement const* const m : {a, b}) {
      if (m == nullptr || m->not_run.starts_with("not run")) return std::nullopt;
      if (!m->measured()) return reading{.failed = m->not_run};
      if (!m->has_instructions()) return std::nullopt;
    }
    if (get(*b) <= 0) return std::nullopt;
    return reading{.value = static_cast<double>(get(*a)) / static_cast<double>(get(*b))};
  };
}
inline constexpr auto above_naming = [](measurement const& m) { return *m.instructions_above(); };
inline constexpr auto whole_compile = [](measurement const& m) { return *m.asked->instructions; };

/// The number that `get` reads from one of our measurements.
template <class Get>
auto of_ours(char const* name, char const* ours, int size, Get get) {
  return [=](results const& r, std::string const& compiler) -> std::optional<reading> {
    measurement const* const m = r.find(name, ours, size, compiler);
    if (m == nullptr || m->not_run.starts_with("not run")) return std::nullopt;
    if (!m->measured()) return reading{.failed = m->not_run};
    return reading{.value = get(*m)};
  };
}

/// The instructions of the program that asks, divided by those of the program that only names the types.
inline auto instructions_of_naming(char const* name, char const* ours, int size) {
  return [=](results const& r, std::string const& compiler) -> std::optional<reading> {
    measurement const* const m = r.find(name, ours, size, compiler);
    if (m == nullptr || m->not_run.starts_with("not run")) return std::nullopt;
    if (!m->measured()) return reading{.failed = m->not_run};
    if (!m->has_instructions()) return std::nullopt;
    return reading{.value = static_cast<double>(*m->asked->instructions) / static_cast<double>(*m->named->instructions)};
  };
}

/// How many adapters the header of all headers brings along.
inline std::optional<reading> adapters(results const& r, std::string const&) {
  if (!r.about.contains("adapters")) return std::nullopt;
  return reading{.value = r.about.at("adapters").get<double>()};
}

}  // namespace detail

inline std::vector<target> const& all_targets() {
  using detail::of_ours, detail::ratio, detail::instructions_ratio, detail::above_naming, detail::whole_compile;
  static constexpr auto milliseconds_each = [](measurement const& m) { return m.seconds_above() * 1000 / m.size; };
  static constexpr auto memory_of_naming = [](measurement const& m) { return m.asked->megabytes / m.named->megabytes; };
  static std::vector<target> const targets{
      {"sum_by_hand", "`sum_tensors_v`, 4096 leaves in nodes of 16: instructions, of those of a variable template by hand", 1.25, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 4096, "VARIABLE_TEMPLATE", 4096, above_naming)},
      {"sum_by_hand_16384", "the same, 16384 leaves", 1.25, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 16384, "VARIABLE_TEMPLATE", 16384, above_naming)},
      {"sum_mp11", "`sum_tensors_v`, 4096 leaves: instructions, of those of `mp_fold`", 0.2, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 4096, "MP11_FOLD", 4096, above_naming)},
      {"sum_mp11_transform", "the same: of `mp_transform` and `mp_plus`", 0.2, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 4096, "MP11_TRANSFORM", 4096, above_naming)},
      {"sum_hana", "`sum_tensors_v`, 1024 leaves: instructions, of those of `hana::fold_left`", 0.02, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 1024, "HANA_FOLD_LEFT", 1024, above_naming)},
      {"sum_hana_unpack", "the same: of `hana::unpack`", 0.02, "x",
       instructions_ratio("sum_tree", "COMMFOLD", 1024, "HANA_UNPACK", 1024, above_naming)},
      {"sum_memory", "`sum_tensors_v`, 4096 leaves: peak memory, of naming them", 1.2, "x",
       of_ours("sum_tree", "COMMFOLD", 4096, memory_of_naming)},
      {"structs", "`sum_tensors_v`, 4096 leaves in plain structs: of the same in tuples", 1.5, "x",
       ratio("sum_structs", "COMMFOLD", "COMMFOLD_TUPLES", 4096)},
      {"structs_instructions", "the same in instructions, 1024 leaves", 1.5, "x",
       instructions_ratio("sum_structs", "COMMFOLD", 1024, "COMMFOLD_TUPLES", 1024, above_naming)},
      {"map_hana", "`tree_map_only` of `hana::tuple`, 1024 leaves: of `hana::transform`", 0.25, "x",
       ratio("tree_map_only", "COMMFOLD_HANA", "HANA_TRANSFORM", 1024)},
      {"map_tuple_hana", "`tree_map_only` of `std::tuple`: of `hana::transform`", 0.25, "x",
       ratio("tree_map_only", "COMMFOLD_TUPLE", "HANA_TRANSFORM", 1024)},
      {"map_apply", "`tree_map_only` of `std::tuple`: of `std::apply`", 0.25, "x",
       ratio("tree_map_only", "COMMFOLD_TUPLE", "STD_APPLY", 1024)},
      {"map_struct_apply", "`tree_map_only` of plain structs: of `std::apply`", 0.25, "x",
       ratio("tree_map_only", "COMMFOLD_STRUCT", "STD_APPLY", 1024)},
      {"map_struct_hana", "the same: of `hana::transform` of as many leaves in `hana::tuple`", 0.25, "x",
       ratio("tree_map_only", "COMMFOLD_STRUCT", "HANA_TRANSFORM", 1024)},
      {"flatten_transform", "`tree_flatten` of `hana::tuple`, 1024 leaves: of `hana::transform`", 0.25, "x",
       ratio("tree_flatten", "COMMFOLD_HANA", 1024, "tree_map_only", "HANA_TRANSFORM", 1024)},
      {"flatten_hana", "the same: of `hana::flatten`", 0.25, "x", ratio("tree_flatten", "COMMFOLD_HANA", "HANA_FLATTEN", 1024)},
      {"flatten_apply_map", "`tree_flatten` of `std::tuple`: of the map by `std::apply`", 0.25, "x",
       ratio("tree_flatten", "COMMFOLD_TUPLE", 1024, "tree_map_only", "STD_APPLY", 1024)},
      {"flatten_apply", "the same: of `std::apply` of `std::tuple_cat`", 0.25, "x",
       ratio("tree_flatten", "COMMFOLD_TUPLE", "STD_APPLY", 1024)},
      {"repeat", "trace of `repeat(8000)`: instructions above naming, of those of `repeat(8)`", 1.1, "x",
       instructions_ratio("trace_repeat", "COMMFOLD", 8000, "COMMFOLD", 8, above_naming)},
      {"repeat_whole", "the same, instructions of the whole compile", 1.1, "x",
       instructions_ratio("trace_repeat", "COMMFOLD", 8000, "COMMFOLD", 8, whole_compile)},
      {"layers", "trace of a `std::array` of 128 layers: instructions above naming, of those of 8", 1.25, "x",
       instructions_ratio("trace_layers", "COMMFOLD", 128, "COMMFOLD", 8, above_naming)},
      {"layers_whole", "the same, instructions of the whole compile", 1.25, "x",
       instructions_ratio("trace_layers", "COMMFOLD", 128, "COMMFOLD", 8, whole_compile)},
      {"calls", "trace as a constant, each of 1000 distinct calls", 2, "ms", of_ours("trace_calls", "CONSTANT", 1000, milliseconds_each)},
      {"calls_2000", "the same, of 2000", 2, "ms", of_ours("trace_calls", "CONSTANT", 2000, milliseconds_each)},
      {"calls_run_time", "trace at run time, each of 1000 distinct calls", 2, "ms",
       of_ours("trace_calls", "RUN_TIME", 1000, milliseconds_each)},
      {"include", "`#include <commfold/commfold.hpp>`: instructions, of those of its standard headers alone", 1.4, "x",
       detail::instructions_of_naming(include_case, "commfold/commfold.hpp", 0)},
      {"adapters", "adapters in `<commfold/commfold.hpp>`", 0, "", detail::adapters},
  };
  return targets;
}

enum class state { held, missed, not_measured };

inline state state_of(target const& t, std::optional<reading> const& figure) {
  if (!figure) return state::not_measured;
  if (!figure->failed.empty()) return state::missed;
  if (figure->value <= t.limit) return state::held;
  return figure->at_most ? state::not_measured : state::missed;
}

}  // namespace bench
