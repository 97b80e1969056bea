// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective.hpp
/// Groups, meshes and collectives that move nothing: the headers of commfold/collective whose questions types can answer. Two more are
/// there for those who ask: <commfold/collective/any_op.hpp>, operators by name over run-time values, and <commfold/collective/sets.hpp>,
/// the table by PyTorch's sets.

#include <commfold/collective/c10d.hpp>
#include <commfold/collective/c10d_functional.hpp>
#include <commfold/collective/c10d_functional_autograd.hpp>
#include <commfold/collective/collective_op.hpp>
#include <commfold/collective/device_mesh.hpp>
#include <commfold/collective/dtensor.hpp>
#include <commfold/collective/dynamic_group.hpp>
#include <commfold/collective/fixed_string.hpp>
#include <commfold/collective/op.hpp>
#include <commfold/collective/process_group.hpp>
#include <commfold/collective/reduce_op.hpp>
#include <commfold/collective/schema.hpp>
#include <commfold/collective/shapes.hpp>
#include <commfold/collective/table.hpp>
#include <commfold/collective/unique_id.hpp>
#include <commfold/collective/work.hpp>
