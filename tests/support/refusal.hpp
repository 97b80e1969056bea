// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/refusal.hpp
/// The message of the error that a call throws.

#include <commfold/error.hpp>

#include <string>

/// The message of the `Error` that f throws; "nothing was refused" where it throws none. Other exceptions pass through.
template <class Error = commfold::invalid_argument, class F>
std::string refusal(F f) {
  try {
    static_cast<void>(f());
    return "nothing was refused";
  } catch (Error const& e) {
    return e.what();
  }
}
