// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tensor/infer.hpp
/// The size that `reshape` and `expand` find themselves: `infer`.

namespace commfold {

/// The type of `infer`.
struct infer_size {};

/// Stands for a size, as -1 does in PyTorch: in `reshape(t, infer, 8192)` for the one that follows from the others, in `expand` for the one
/// that the dimension has.
inline constexpr infer_size infer{};

}  // namespace commfold
