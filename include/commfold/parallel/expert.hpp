// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/expert.hpp
/// Expert parallelism: tokens go to the ranks that have their experts.

#include <commfold/parallel/expert/deep_ep.hpp>
#include <commfold/parallel/expert/exchange.hpp>
#include <commfold/parallel/expert/routes.hpp>
#include <commfold/parallel/expert/token_counts.hpp>
