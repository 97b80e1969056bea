// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/context.hpp
/// Context parallelism: ring attention and DeepSpeed-Ulysses.

#include <commfold/parallel/context/attention.hpp>
#include <commfold/parallel/context/ring_attention.hpp>
#include <commfold/parallel/context/ulysses.hpp>
