// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::trees::k_nomial".*a radix is at least 2, and this one is {}
// error[gcc]: array subscript value '1' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::trees::k_nomial".*"a radix is at least 2, and this one is {}".*, 1\)
#include <commfold/wire/broadcast.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::k_nomial(wire::trees::k_nomial(4, 1), 8), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::k_nomial(wire::trees::k_nomial(4, 2), 8), 0);
#endif

int main() { static_cast<void>(sent); }
