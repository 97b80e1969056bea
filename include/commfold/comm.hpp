// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm.hpp
/// Calls over a communicator: every header of commfold/comm.

#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>
