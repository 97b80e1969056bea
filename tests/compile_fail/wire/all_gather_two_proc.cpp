// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_gather::two_proc".*is for 2 ranks, and this group has {}
// error[gcc]: array subscript value '3' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_gather::two_proc".*"is for 2 ranks, and this group has {}".*, 3\)
#include <commfold/wire/all_gather.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::two_proc(wire::blocks::equal(8, 3)), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_gather::two_proc(wire::blocks::equal(8, 2)), 0);
#endif

int main() { static_cast<void>(sent); }
