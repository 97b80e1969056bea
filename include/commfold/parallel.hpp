// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel.hpp
/// The parts that training steps are made of: every header of commfold/parallel. No part of commfold/commfold.hpp.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/clip.hpp>
#include <commfold/parallel/context.hpp>
#include <commfold/parallel/ddp.hpp>
#include <commfold/parallel/distribute.hpp>
#include <commfold/parallel/expert.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/fsdp.hpp>
#include <commfold/parallel/marks.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/parallel/state.hpp>
#include <commfold/parallel/tensor.hpp>
#include <commfold/parallel/zero.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
