// SPDX-License-Identifier: BSL-1.0
// error: commfold::openmpi".*root {} is outside a group of {} ranks
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::openmpi".*"root {} is outside a group of {} ranks".*, 4, 4\)
#include <commfold/wire/openmpi.hpp>

#include <cstddef>

namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;

#ifdef SHOULD_FAIL
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::bcast, 4, 8, 4}, {0}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#else
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::bcast, 4, 8, 3}, {0}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#endif

int main() { static_cast<void>(sent); }
