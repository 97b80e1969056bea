// SPDX-License-Identifier: BSL-1.0
// error: experts do not share .* tokens evenly
#include <commfold/parallel/expert.hpp>

namespace cf = commfold;
using cf::parallel::expert::token_counts;

#ifdef SHOULD_FAIL
constexpr std::size_t tokens = 9;
#else
constexpr std::size_t tokens = 12;
#endif

constexpr std::size_t of_each = token_counts::even(2, 8, tokens, 2)(0, 0);

int main() { static_cast<void>(of_each); }
