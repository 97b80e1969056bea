// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_functional.hpp
/// The operators of PyTorch's functional collectives (`torch.ops._c10d_functional`).

#include <commfold/op/rows/c10d_functional_coalesced.hpp>
#include <commfold/op/rows/c10d_functional_in_place.hpp>
#include <commfold/op/rows/c10d_functional_p2p.hpp>
#include <commfold/op/rows/c10d_functional_tensors.hpp>
