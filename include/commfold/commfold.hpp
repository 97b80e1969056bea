// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/commfold.hpp
/// The whole library: every layer, no adapter. Of the reports the text alone; the others are behind commfold/report.hpp.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/budget.hpp>
#include <commfold/comm.hpp>
#include <commfold/error.hpp>
#include <commfold/group.hpp>
#include <commfold/op.hpp>
#include <commfold/report/text_report.hpp>
#include <commfold/size.hpp>
#include <commfold/tensor.hpp>
#include <commfold/text.hpp>
#include <commfold/trace.hpp>
#include <commfold/tree.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
