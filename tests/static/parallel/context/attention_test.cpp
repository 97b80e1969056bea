// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/context/attention.hpp>

namespace context = commfold::parallel::context;

namespace {

// Nothing said: every head has its own keys and values.
static_assert(context::attention{.heads = 8}.key_value_heads == 8);
static_assert(context::attention{.heads = 8, .key_value_heads = 2}.key_value_heads == 2);

}  // namespace
