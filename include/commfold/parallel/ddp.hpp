// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/ddp.hpp
/// PyTorch's `DistributedDataParallel` and what goes with it as parts of training steps: every header of commfold/parallel/ddp.

#include <commfold/parallel/ddp/buckets.hpp>
#include <commfold/parallel/ddp/hooks.hpp>
#include <commfold/parallel/ddp/replicated_model.hpp>
#include <commfold/parallel/ddp/zero.hpp>
