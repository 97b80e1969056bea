// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/full_call_recorder.hpp
/// A communicator that writes down whole calls, arguments and all, beside what the library's recorder keeps of them.

#include <commfold/comm/communicator_base.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/tree/for_each.hpp>

#include <tests/runtime/steps/recorded.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace steps_test {

/// The text of an argument or a result of an operator, spelled as the texts of the measured rows are.
template <class T>
std::string text_of_argument(T const& argument) {
  if constexpr (cf::tensor_like<T>) {
    return oracle::text_of(cf::dynamic_tensor(argument));
  } else if constexpr (cf::any_group<T>) {
    return "group";
  } else if constexpr (cf::any_work<T>) {
    return "work";
  } else if constexpr (std::is_same_v<T, std::nullopt_t>) {
    return "none";
  } else if constexpr (std::is_same_v<T, cf::reduce_op>) {
    return std::string(cf::name(argument));
  } else if constexpr (cf::size_like<T>) {
    return std::to_string(std::size_t(argument));
  } else if constexpr (requires { argument.begin(); }) {
    std::string all;
    for (auto const& one : argument) all += (all.empty() ? "" : ", ") + text_of_argument(one);
    return "[" + all + "]";
  } else {
    return std::apply(
        [&](auto const&... each) {
          std::string all;
          ((all += (all.empty() ? "" : ", ") + text_of_argument(each)), ...);
          return "[" + all + "]";
        },
        argument);
  }
}

class full_call_recorder : public cf::communicator_base<full_call_recorder> {
 public:
  explicit full_call_recorder(cf::call_log& log) : recorder_(log), log_(log) {}

  template <cf::operator_row Op, class... Args>
  auto call(Op op, Args const&... args) {
    auto made = recorder_.call(op, args...);
    recorded_call seen;
    ((seen.arguments += (seen.arguments.empty() ? "" : ", ") + text_of_argument(args)), ...);
    seen.result = text_of_argument(made);
    if (is_functional(Op::name))
      cf::tree_for_each(
          [&](auto const& leaf) {
            if constexpr (cf::tensor_like<decltype(leaf)>) seen.pending.push_back(storage_of(cf::dynamic_tensor(leaf)));
          },
          made);
    seen.comm_tensor_size = cf::collective_op::get_comm_tensor_size(op, made, std::tuple(args...));
    cf::call_record const& kept = log_.calls().back();
    seen.phase = kept.phase();
    seen.op = kept.op();
    seen.axis = kept.group();
    seen.ranks = kept.group_size();
    seen_.push_back(seen);
    return made;
  }

  template <class Body>
  void phase(std::string_view name, Body const& body) {
    recorder_.phase(name, body);
  }

  [[nodiscard]] std::vector<recorded_call> const& seen() const { return seen_; }

 private:
  cf::recorder<cf::call_log> recorder_;
  cf::call_log& log_;
  std::vector<recorded_call> seen_;
};

/// Every call of a step. `suffix` is appended to the names of its phases.
template <class Step>
std::vector<recorded_call> calls_of(Step const& step, std::string const& suffix = "") {
  cf::call_log log;
  full_call_recorder comm(log);
  step(comm);
  if (log.calls().size() != comm.seen().size()) throw std::runtime_error("full_call_recorder: a call of the recorder was not seen");
  std::vector<recorded_call> calls = comm.seen();
  for (recorded_call& call : calls) call.phase += suffix;
  return calls;
}

/// How the measured rows number the steps of a run: nothing for the first, `#1` for the second.
inline std::string step_suffix(std::size_t step) { return step == 0 ? "" : "#" + std::to_string(step); }

}  // namespace steps_test
