// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size.hpp
/// The size layer: constants, checked arithmetic, literals, printing.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/format.hpp>
#include <commfold/size/literals.hpp>
#include <commfold/size/size_constant.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
