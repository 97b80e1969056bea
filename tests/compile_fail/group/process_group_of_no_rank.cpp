// SPDX-License-Identifier: BSL-1.0
// error: commfold::process_group.*group .*{}.* has at least one rank, not 0
// error[clang]: in call to .fail.*"commfold::process_group".*has at least one rank, not 0".*"?dp"
#include <commfold/group/process_group.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t none = 0;
#else
constexpr std::size_t none = 1;
#endif
constexpr cf::process_group<"dp"> dp(none);

int main() { static_cast<void>(dp); }
