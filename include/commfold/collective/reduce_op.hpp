// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/collective/reduce_op.hpp
/// How a reduction combines its operands. It never changes a size; it is carried so that a report can name it.

#include <string_view>

namespace commfold {

/// The operations of `torch.distributed.ReduceOp` that need no factor of their own, with NCCL's and MPI's meaning.
enum class reduce_op : unsigned char { sum, avg, product, min, max, band, bor, bxor };

inline constexpr reduce_op sum = reduce_op::sum;
inline constexpr reduce_op avg = reduce_op::avg;

/// "sum", "avg", …: the spelling of PyTorch's functional collectives.
[[nodiscard]] constexpr std::string_view name(reduce_op op) noexcept {
  constexpr std::string_view names[] = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor"};
  return names[static_cast<unsigned char>(op)];
}

}  // namespace commfold
