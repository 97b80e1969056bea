// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/emits.hpp
/// Compares the calls that a step records, in order, with those that a test expects.

#include <commfold/trace/log.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

/// One call that a test expects.
struct call {
  std::string_view op;
  commfold::call_bytes bytes;
};

/// emits(step, {{"c10d::send", {32, 0, 32}}, …}): operator, input, output and message bytes of every call.
constexpr bool emits(auto step, std::initializer_list<call> expected) {
  auto const log = commfold::log(step);
  if (log.calls().size() != expected.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    commfold::call_record const& recorded = log.calls()[i];
    if (recorded.op() != expected.begin()[i].op || recorded.bytes() != expected.begin()[i].bytes) return false;
  }
  return true;
}

/// Runs a step whose body holds the assertions.
constexpr bool run(auto step) {
  static_cast<void>(commfold::log(step));
  return true;
}
