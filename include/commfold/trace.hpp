// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace.hpp
/// Steps run over a recorder, and what they communicate: the headers of commfold/trace.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/recorder.hpp>
#include <commfold/trace/totals_by.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/trace/traffic_totals.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
