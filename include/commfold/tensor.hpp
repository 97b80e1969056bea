// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor.hpp
/// The tensor layer: dtypes, shapes, tensors and views without data, and what makes a type a tensor.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // g++ 12 warns of a lambda's parameter that has the name of any global of the program
#endif

#include <commfold/tensor/chunk.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/tensor/dtype_of.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/infer.hpp>
#include <commfold/tensor/payload_bytes.hpp>
#include <commfold/tensor/reshape.hpp>
#include <commfold/tensor/storage_bytes.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tensor/view.hpp>
#include <commfold/tensor/view_functions.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
