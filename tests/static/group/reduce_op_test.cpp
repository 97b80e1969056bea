// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/reduce_op.hpp>

namespace {
namespace cf = commfold;

// torch.distributed spells them so in the schemas of its functional collectives.
static_assert(cf::name(cf::sum) == "sum" && cf::name(cf::avg) == "avg" && cf::name(cf::reduce_op::product) == "product");
static_assert(cf::name(cf::reduce_op::min) == "min" && cf::name(cf::reduce_op::max) == "max");
static_assert(cf::name(cf::reduce_op::band) == "band" && cf::name(cf::reduce_op::bor) == "bor" && cf::name(cf::reduce_op::bxor) == "bxor");
static_assert(cf::name(cf::reduce_op::premul_sum) == "premul_sum");

}  // namespace
