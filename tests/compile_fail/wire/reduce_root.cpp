// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::reduce::rabenseifner".*root {} is outside a group of {} ranks
// error[gcc]: array subscript value '7' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::reduce::rabenseifner".*"root {} is outside a group of {} ranks".*, 7, 4\)
#include <commfold/wire/reduce.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::reduce::rabenseifner(4, 100, 7), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::reduce::rabenseifner(4, 100, 2), 0);
#endif

int main() { static_cast<void>(sent); }
