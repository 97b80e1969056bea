// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/size.hpp
/// The size layer: constants, checked arithmetic, literals, printing.

#include <commfold/size/arithmetic.hpp>
#include <commfold/size/format.hpp>
#include <commfold/size/literals.hpp>
#include <commfold/size/size_constant.hpp>
