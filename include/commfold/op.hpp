// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op.hpp
/// The operators whose questions types can answer. Two more headers are opt-in: <commfold/op/dynamic/dynamic_op.hpp>, operators by name
/// over run-time values, and <commfold/op/pytorch_sets.hpp>, the table by PyTorch's sets.

#include <commfold/op/collective_op.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/rows/c10d.hpp>
#include <commfold/op/rows/c10d_functional.hpp>
#include <commfold/op/rows/c10d_functional_autograd.hpp>
#include <commfold/op/rows/dtensor.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/shapes.hpp>
#include <commfold/op/table.hpp>
#include <commfold/op/unique_id.hpp>
#include <commfold/op/work.hpp>
