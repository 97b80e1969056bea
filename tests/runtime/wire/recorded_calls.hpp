// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/runtime/wire/recorded_calls.hpp
/// Calls by the names of operators, with run-time arguments, as the library's recorder writes them down: what measured rows are made into.

#include <commfold/op/dynamic/call_arguments.hpp>
#include <commfold/trace/log.hpp>

#include <string_view>

namespace wire_test {

/// Adds the call to the log, through the operator's own row and the recorder.
void record(commfold::call_log& log, std::string_view op, commfold::call_arguments const& arguments);

}  // namespace wire_test
