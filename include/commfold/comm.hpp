// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm.hpp
/// Calls over a communicator: every header of commfold/comm.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/communicator_base.hpp>
#include <commfold/comm/mpi_calls.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
