// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op.hpp
/// The operators whose questions types can answer. One more header is opt-in: <commfold/op/dynamic/dynamic_op.hpp>, operators by
/// name over run-time values.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/op/call_bytes.hpp>
#include <commfold/op/call_rules.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/op/collective_op.hpp>
#include <commfold/op/list_concepts.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/op/table.hpp>
#include <commfold/op/unique_id.hpp>
#include <commfold/op/work.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
