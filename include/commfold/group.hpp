// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group.hpp
/// The ranks that communicate, and how reductions combine: every header of commfold/group.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/group/device_mesh.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
