// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/reduce_op.hpp
/// How a reduction combines its operands: `reduce_op`. It changes no size; it is kept so that a report can name it.

#include <string_view>

namespace commfold {

/// The operations of `torch.distributed.ReduceOp`, which are NCCL's and MPI's. `premul_sum` multiplies by a factor first; the factor is not
/// kept.
enum class reduce_op : unsigned char { sum, avg, product, min, max, band, bor, bxor, premul_sum };

/// Every `reduce_op`, in their order.
inline constexpr reduce_op all_reduce_ops[] = {reduce_op::sum,  reduce_op::avg, reduce_op::product, reduce_op::min,       reduce_op::max,
                                               reduce_op::band, reduce_op::bor, reduce_op::bxor,    reduce_op::premul_sum};

/// The two that most calls name.
inline constexpr reduce_op sum = reduce_op::sum;
inline constexpr reduce_op avg = reduce_op::avg;

/// "sum", "avg", …, as PyTorch's functional collectives spell them.
[[nodiscard]] constexpr std::string_view name(reduce_op op) noexcept {
  constexpr std::string_view names[] = {"sum", "avg", "product", "min", "max", "band", "bor", "bxor", "premul_sum"};
  return names[static_cast<unsigned char>(op)];
}

}  // namespace commfold
