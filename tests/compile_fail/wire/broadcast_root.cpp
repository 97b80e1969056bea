// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::broadcast".*root {} is outside a group of {} ranks
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::broadcast".*"root {} is outside a group of {} ranks".*, 4, 4\)
#include <commfold/wire/broadcast.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::binary(4, 100, 4), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::binary(4, 100, 3), 0);
#endif

int main() { static_cast<void>(sent); }
