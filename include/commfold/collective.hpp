// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective.hpp
/// Groups, meshes and collectives that move nothing: every header of commfold/collective.

#include <commfold/collective/c10d.hpp>
#include <commfold/collective/c10d_functional.hpp>
#include <commfold/collective/device_mesh.hpp>
#include <commfold/collective/fixed_string.hpp>
#include <commfold/collective/op.hpp>
#include <commfold/collective/process_group.hpp>
#include <commfold/collective/reduce_op.hpp>
#include <commfold/collective/shapes.hpp>
#include <commfold/collective/table.hpp>
