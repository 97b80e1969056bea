// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/budget.hpp
/// How much a step may communicate: the headers of commfold/budget.

#include <commfold/budget/assert_budget.hpp>
#include <commfold/budget/budget.hpp>
#include <commfold/budget/check.hpp>
#include <commfold/budget/within.hpp>
