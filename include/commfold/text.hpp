// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/text.hpp
/// Text held in place: every header of commfold/text.

#include <commfold/text/digits.hpp>
#include <commfold/text/fixed_text.hpp>
