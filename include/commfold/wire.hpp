// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire.hpp
/// What really leaves and enters each rank, and in what time: the headers of commfold/wire. It is not part of commfold/commfold.hpp.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/wire/all_gather.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/all_to_all.hpp>
#include <commfold/wire/barrier.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/doubling.hpp>
#include <commfold/wire/exchange.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/gloo/all_gather.hpp>
#include <commfold/wire/gloo/all_reduce.hpp>
#include <commfold/wire/gloo/all_to_all.hpp>
#include <commfold/wire/gloo/backend.hpp>
#include <commfold/wire/gloo/barrier.hpp>
#include <commfold/wire/gloo/broadcast.hpp>
#include <commfold/wire/gloo/calls.hpp>
#include <commfold/wire/gloo/framing.hpp>
#include <commfold/wire/gloo/gather.hpp>
#include <commfold/wire/gloo/group.hpp>
#include <commfold/wire/gloo/point_to_point.hpp>
#include <commfold/wire/gloo/reduce.hpp>
#include <commfold/wire/gloo/scatter.hpp>
#include <commfold/wire/gloo/segments.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/backend.hpp>
#include <commfold/wire/nccl/bus_bandwidth.hpp>
#include <commfold/wire/nccl/choice.hpp>
#include <commfold/wire/nccl/constants.hpp>
#include <commfold/wire/nccl/machine.hpp>
#include <commfold/wire/nccl/nvls_tree.hpp>
#include <commfold/wire/nccl/topology.hpp>
#include <commfold/wire/nccl/tuning.hpp>
#include <commfold/wire/node_groups.hpp>
#include <commfold/wire/one_rank.hpp>
#include <commfold/wire/openmpi.hpp>
#include <commfold/wire/openmpi/backend.hpp>
#include <commfold/wire/openmpi/decision.hpp>
#include <commfold/wire/placement.hpp>
#include <commfold/wire/point_to_point.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/reduce_scatter.hpp>
#include <commfold/wire/ring.hpp>
#include <commfold/wire/scatter.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/segments.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>
#include <commfold/wire/trees.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
