// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/context/attention.hpp>

namespace cf = commfold;
namespace context = cf::parallel::context;

namespace {

// Left out, the heads of keys and values are as many as those of queries, and values are as wide as keys.
constexpr context::attention alike{.heads = 32, .tokens = 8192, .width = 128};
static_assert(alike.key_value_heads == 32 && alike.value_width == 128);
constexpr context::attention grouped{.heads = 32, .key_value_heads = 8, .tokens = 8192, .width = 192, .value_width = 128};
static_assert(grouped.key_value_heads == 8 && grouped.value_width == 128);

}  // namespace
