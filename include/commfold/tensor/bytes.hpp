// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/bytes.hpp
/// Until its includers name the parts.

#include <commfold/tensor/contiguous_bytes.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/storage_bytes.hpp>
