// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/reduce_op.hpp
/// How a reduction combines its operands. It never changes a size; it is carried so that a report can name it.

#include <string_view>

namespace commfold {

/// The operations of `torch.distributed.ReduceOp`, with NCCL's and MPI's meaning. `premul_sum` multiplies by a factor first; the factor
/// changes no size either, and is not kept.
enum class reduce_op : unsigned char { sum, avg, product, min, max, band, bor, bxor, premul_sum };

/// Every one of them, in that order.
inline constexpr reduce_op all_reduce_ops[] = {reduce_op::sum,  reduce_op::avg, reduce_op::product, reduce_op::min,       reduce_op::max,
                                               reduce_op::band, reduce_op::bor, reduce_op::bxor,    reduce_op::premul_sum};

inline constexpr reduce_op sum = reduce_op::sum;
inline constexpr reduce_op avg = reduce_op::avg;

/// "sum", "avg", …: the spelling of PyTorch's functional collectives, and of its `ReduceOp` in small letters.
[[nodiscard]] constexpr std::string_view name(reduce_op op) noexcept {
  constexpr std::string_view names[] = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor", "premul_sum"};
  return names[static_cast<unsigned char>(op)];
}

}  // namespace commfold
