// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_gather::neighbor_exchange".*pairs ranks, and {} is an odd number of them
// error[gcc]: array subscript value '5' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_gather::neighbor_exchange".*"pairs ranks, and {} is an odd number of them".*, 5\)
#include <commfold/wire/all_gather.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::neighbor_exchange(wire::blocks::equal(8, 5)), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::neighbor_exchange(wire::blocks::equal(8, 6)), 0);
#endif

int main() { static_cast<void>(sent); }
