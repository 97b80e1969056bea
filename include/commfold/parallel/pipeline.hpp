// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/pipeline.hpp
/// Pipeline parallelism: schedules, and a rank's step under one of them.

#include <commfold/parallel/pipeline/action.hpp>
#include <commfold/parallel/pipeline/play.hpp>
#include <commfold/parallel/pipeline/schedule.hpp>
#include <commfold/parallel/pipeline/stages.hpp>
