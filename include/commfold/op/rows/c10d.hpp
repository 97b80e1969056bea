// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d.hpp
/// The operators behind `torch.distributed` (`torch.ops.c10d`): they write into the tensors that they are given.

#include <commfold/op/rows/c10d_barriers.hpp>
#include <commfold/op/rows/c10d_buffers.hpp>
#include <commfold/op/rows/c10d_coalesced.hpp>
#include <commfold/op/rows/c10d_lists.hpp>
#include <commfold/op/rows/c10d_p2p.hpp>
