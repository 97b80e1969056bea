// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree/structs/shape.hpp>

namespace {

static_assert(commfold::detail::max_fields == 100);
static_assert(sizeof(commfold::detail::struct_shape) == 1);

}  // namespace
