// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/tensor.hpp
/// Tensor and sequence parallelism: DTensor's `parallelize_module`, and Megatron-LM's.

#include <commfold/parallel/tensor/activations.hpp>
#include <commfold/parallel/tensor/block.hpp>
#include <commfold/parallel/tensor/decoder.hpp>
#include <commfold/parallel/tensor/megatron.hpp>
