// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text.hpp
/// The text layer: texts in place, digits, and the names nearest to an unknown one.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/text/nearest_names.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
