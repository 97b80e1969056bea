// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::in_sequence".*one schedule is for {} ranks, the other for {}
// error[gcc]: array subscript value '3' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::in_sequence".*"one schedule is for {} ranks, the other for {}".*, 3, 4\)
#include <commfold/wire/in_sequence.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::in_sequence(wire::nothing(3), wire::nothing(4)), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::in_sequence(wire::nothing(4), wire::nothing(4)), 0);
#endif

int main() { static_cast<void>(sent); }
