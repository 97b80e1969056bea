// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text.hpp
/// The text layer: texts in place, digits, and the names nearest to an unknown one.

#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/text/nearest_names.hpp>
