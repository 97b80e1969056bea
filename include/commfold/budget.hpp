// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget.hpp
/// How much a step may communicate: the headers of commfold/budget.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/budget/assert_budget.hpp>
#include <commfold/budget/budget.hpp>
#include <commfold/budget/check.hpp>
#include <commfold/budget/within.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
