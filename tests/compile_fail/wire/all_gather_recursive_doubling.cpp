// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_gather::recursive_doubling".*is for groups whose number of ranks is a power of two, and this one has {}
// error[gcc]: array subscript value '6' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_gather::recursive_doubling".*"is for groups whose number of ranks is a power of two, and this one has {}".*, 6\)
#include <commfold/wire/all_gather.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::recursive_doubling(wire::blocks::equal(8, 6)), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::recursive_doubling(wire::blocks::equal(8, 4)), 0);
#endif

int main() { static_cast<void>(sent); }
