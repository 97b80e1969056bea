// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace.hpp
/// Steps run over a recorder, and what they communicate: every header of commfold/trace.

#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/recorder.hpp>
#include <commfold/trace/totals_by.hpp>
#include <commfold/trace/trace.hpp>
