// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire.hpp
/// What really leaves and enters each rank, and in what time: the headers of commfold/wire. It is not part of commfold/commfold.hpp.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/exchange.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/placement.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
