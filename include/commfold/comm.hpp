// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm.hpp
/// Calls over a communicator: every header of commfold/comm.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/communicator_base.hpp>
#include <commfold/comm/mpi_calls.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>
