// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::broadcast::split_binary".*{} B have no two elements of {} B to split
// error[gcc]: array subscript value '8' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::broadcast::split_binary".*"{} B have no two elements of {} B to split".*, 8, 8\)
#include <commfold/wire/broadcast.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::split_binary(4, 8, 0, 0, 8), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::broadcast::split_binary(4, 16, 0, 0, 8), 0);
#endif

int main() { static_cast<void>(sent); }
