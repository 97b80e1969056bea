// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/fsdp.hpp
/// PyTorch's fully sharded data parallelism (FSDP2, HSDP, `replicate()`) as parts of training steps: every header of
/// commfold/parallel/fsdp.

#include <commfold/parallel/fsdp/policy.hpp>
#include <commfold/parallel/fsdp/schedule.hpp>
#include <commfold/parallel/fsdp/sharded_model.hpp>
#include <commfold/parallel/fsdp/unit.hpp>
