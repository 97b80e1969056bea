// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/refusal.hpp
/// What a call is refused with.

#include <commfold/error.hpp>

#include <string>

/// The words of the `Error` that f throws. Anything else that it throws is thrown on.
template <class Error = commfold::invalid_argument, class F>
std::string refusal(F f) {
  try {
    static_cast<void>(f());
    return "nothing was refused";
  } catch (Error const& e) {
    return e.what();
  }
}
