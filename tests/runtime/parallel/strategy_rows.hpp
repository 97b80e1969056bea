// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/parallel/strategy_rows.hpp
/// The runs of torch_strategies.jsonl: each summary row with the calls that PyTorch made, as text that ours can be compared with.

#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/tensor/dtype_name.hpp>

#include <tests/runtime/steps/recorded.hpp>
#include <tests/support/full_call_recorder.hpp>
#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <initializer_list>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace strategy_rows {

namespace cf = commfold;
using oracle::json;

/// A call as a line: `backward.m1: c10d::allreduce_([float32[4] …], group, sum, none) over 'rep' of 2`.
inline std::string line_of(std::string const& phase, std::string const& op, std::string const& axis, std::size_t ranks,
                           std::string const& arguments) {
  return phase + ": " + op + "(" + arguments + ") over '" + axis + "' of " + std::to_string(ranks);
}

struct run {
  json summary;
  std::vector<std::string> calls;   ///< without the waits
  std::vector<std::string> phases;  ///< of each call
};

/// `{"t":[dtype,sizes,strides,offset,storage,nbytes]}` as other files of rows write a tensor.
inline json unpacked(json const& held) {
  if (held.is_object() && held.contains("t") && held.at("t").is_array()) {
    json const& t = held.at("t");
    return {{"dtype", t[0]}, {"sizes", t[1]}, {"strides", t[2]}, {"offset", t[3]}, {"storage", t[4]}, {"nbytes", t[5]}};
  }
  if (held.is_array()) {
    json all = json::array();
    for (json const& one : held) all.push_back(unpacked(one));
    return all;
  }
  return held;
}

/// An argument in the words of full_call_recorder.hpp.
inline std::string text_of(json const& held, std::string const& group) {
  if (held.is_array()) {
    std::string all;
    for (json const& one : held) all += (all.empty() ? "" : ", ") + text_of(one, group);
    return "[" + all + "]";
  }
  if (held.is_string()) return held.get<std::string>() == group ? "group" : held.get<std::string>();
  if (held.is_object() && held.contains("pg")) return "group";
  if (held.is_object() && held.contains("reduce_op")) return held.at("reduce_op").get<std::string>();
  return oracle::text_of(oracle::value_of(held));
}

/// `ranks_of_axis`: of an axis whose group the row does not show.
inline void put(run& to, json const& row, std::map<std::string, std::size_t> const& ranks_of_axis = {}) {
  std::string const full = row.at("op").get<std::string>();
  std::string const op = full.substr(0, full.rfind(".default"));
  if (op == "_c10d_functional::wait_tensor") return;
  std::string group;
  std::string const axis = row.at("mesh_dim").get<std::string>();
  std::size_t ranks = ranks_of_axis.contains(axis) ? ranks_of_axis.at(axis) : 0;
  if (row.contains("pg")) {
    group = row.at("pg").at("pg").get<std::string>();
    ranks = row.at("pg").at("size").get<std::size_t>();
  }
  std::string arguments;
  cf::dynamic_op const schema = cf::find_op(op);
  std::size_t at = 0;
  for (json const& argument : row.at("args")) {
    if (argument.is_object() && argument.contains("pg")) ranks = argument.at("size").get<std::size_t>();
    // Whether PyTorch's caller waits changes no byte: our calls have no such flag.
    if (argument.is_boolean() && schema.parameters()[at].name == "async_op") {
      ++at;
      continue;
    }
    bool const names_group = schema.parameters()[at].name == "group_name";
    arguments += (arguments.empty() ? "" : ", ") + (names_group ? "group" : text_of(unpacked(argument), group));
    ++at;
  }
  to.phases.push_back(row.at("phase").get<std::string>());
  to.calls.push_back(line_of(to.phases.back(), op, axis, ranks, arguments));
}

/// All runs of the kinds, in the order of their summary rows. A call row without a summary row is an error.
inline std::vector<run> runs_of(std::string const& file, std::initializer_list<std::string_view> kinds) {
  using key = std::tuple<std::string, std::string, std::size_t>;
  auto const key_of = [](json const& row) {
    return key(row.at("config").get<std::string>(), row.at("mode").get<std::string>(), row.value("rank", std::size_t{0}));
  };
  std::vector<json> const rows = oracle::rows(file);
  std::vector<run> runs;
  std::map<key, std::size_t> at;
  std::map<key, bool> others;
  for (json const& row : rows) {
    if (!row.contains("summary")) continue;
    if (std::find(kinds.begin(), kinds.end(), row.at("kind").get<std::string>()) == kinds.end()) {
      others[key_of(row)] = true;
      continue;
    }
    if (!at.emplace(key_of(row), runs.size()).second) throw std::runtime_error(file + ": two summary rows of " + row.at("config").dump());
    runs.push_back({row, {}, {}});
  }
  for (json const& row : rows) {
    if (row.contains("summary") || others.contains(key_of(row))) continue;
    put(runs.at(at.at(key_of(row))), row);
  }
  return runs;
}

/// Our calls as such lines. `suffix` numbers steps and micro-batches: `.m1#1`.
template <class Step>
void append(std::vector<std::string>& to, Step const& step, std::string const& suffix = "") {
  for (steps_test::recorded_call const& one : steps_test::calls_of(step, suffix))
    to.push_back(line_of(one.phase, one.op, one.axis, one.ranks, one.arguments));
}

inline std::string suffix_of(std::size_t step, std::size_t micro) {
  return (micro == 0 ? "" : ".m" + std::to_string(micro)) + (step == 0 ? "" : "#" + std::to_string(step));
}

inline cf::dtype dtype_of(std::string const& text) {
  static std::map<std::string, cf::dtype> const shorts = {{"f16", cf::f16}, {"bf16", cf::bf16}, {"f32", cf::f32}, {"f64", cf::f64}};
  auto const at = shorts.find(text);
  return at == shorts.end() ? cf::dtype_from_name(text) : at->second;
}

/// What was compared, and what was not and why.
struct tally {
  std::map<std::string, std::size_t> runs, calls;
  std::vector<std::string> not_covered;

  /// Compares call by call; a call that one side lacks is a failure that shows it.
  void compare(std::string const& kind, std::vector<std::string> const& ours, std::vector<std::string> const& theirs) {
    std::size_t const both = std::min(ours.size(), theirs.size());
    for (std::size_t i = 0; i != both; ++i) {
      INFO("call " << i);
      CHECK(ours[i] == theirs[i]);
    }
    for (std::size_t i = both; i < ours.size(); ++i) FAIL_CHECK("PyTorch does not make our call " << i << ": " << ours[i]);
    for (std::size_t i = both; i < theirs.size(); ++i) FAIL_CHECK("ours does not make call " << i << ": " << theirs[i]);
    ++runs[kind];
    calls[kind] += both;
  }
  /// PyTorch refused the run, and so did ours.
  void refused(json const& summary) { refused_.push_back(summary.at("config").get<std::string>()); }
  /// A run that is left out is listed by name, and is a failure: nothing need be.
  void expect_none_left() const {
    for (std::string const& one : not_covered) FAIL_CHECK("not covered: " << one);
  }
  void leave(json const& summary, std::string const& why) { not_covered.push_back(summary.at("config").get<std::string>() + ": " + why); }
  void print() const {
    for (auto const& [kind, n] : runs) std::cout << kind << ": " << n << " runs, " << calls.at(kind) << " calls compared\n";
    for (std::string const& one : refused_) std::cout << "refused, as PyTorch did: " << one << '\n';
    for (std::string const& one : not_covered) std::cout << "not covered: " << one << '\n';
  }

 private:
  std::vector<std::string> refused_;
};

/// Calls compare(run) for every run, which may throw: a bad one hides no other. All are counted.
template <class Compare>
void each_run(std::vector<run> const& runs, Compare const& compare) {
  std::size_t seen = 0;
  for (run const& one : runs) {
    ++seen;
    INFO(one.summary.at("config").get<std::string>()
         << ", " << one.summary.at("mode").get<std::string>() << ", rank " << one.summary.value("rank", 0));
    try {
      compare(one);
    } catch (std::exception const& e) {
      FAIL_CHECK(one.summary.at("config").get<std::string>() << ": " << e.what());
    }
  }
  CHECK(seen == runs.size());
}

}  // namespace strategy_rows
