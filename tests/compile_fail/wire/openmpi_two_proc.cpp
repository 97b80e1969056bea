// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::barrier::two_proc".*is for 2 ranks, and this group has {}
// error[gcc]: array subscript value '3' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::barrier::two_proc".*"is for 2 ranks, and this group has {}".*, 3\)
#include <commfold/wire/openmpi.hpp>

#include <cstddef>

namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;

#ifdef SHOULD_FAIL
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::barrier, 3}, {5}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#else
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::barrier, 2}, {5}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#endif

int main() { static_cast<void>(sent); }
