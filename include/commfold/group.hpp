// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group.hpp
/// The ranks that communicate, and how reductions combine: every header of commfold/group.

#include <commfold/group/device_mesh.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/group/reduce_op.hpp>
