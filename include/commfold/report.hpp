// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report.hpp
/// What a step communicates, for people and programs to read: every header of commfold/report.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/report/chrome_trace.hpp>
#include <commfold/report/csv_report.hpp>
#include <commfold/report/html_report.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/report/markdown_report.hpp>
#include <commfold/report/text_report.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
