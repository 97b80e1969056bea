// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/commfold.hpp
/// The whole library: every layer, no adapter.

#include <commfold/collective.hpp>
#include <commfold/error.hpp>
#include <commfold/size.hpp>
#include <commfold/tensor.hpp>
#include <commfold/trace.hpp>
#include <commfold/tree.hpp>
