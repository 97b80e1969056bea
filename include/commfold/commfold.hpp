// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/commfold.hpp
/// The whole library: every layer, no adapter. Of the reports the text alone; the others are behind commfold/report.hpp.

#include <commfold/budget.hpp>
#include <commfold/comm.hpp>
#include <commfold/error.hpp>
#include <commfold/group.hpp>
#include <commfold/op.hpp>
#include <commfold/report/text_report.hpp>
#include <commfold/size.hpp>
#include <commfold/tensor.hpp>
#include <commfold/text.hpp>
#include <commfold/trace.hpp>
#include <commfold/tree.hpp>
