// SPDX-License-Identifier: BSL-1.0
// error: commfold::openmpi".*{} B are no whole number of elements of {} B
// error[gcc]: array subscript value '10' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::openmpi".*"{} B are no whole number of elements of {} B".*, 10, 4\)
#include <commfold/wire/openmpi.hpp>

#include <cstddef>

namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;

#ifdef SHOULD_FAIL
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::allreduce, 4, 10, 0, 4}, {4}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#else
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::allreduce, 4, 12, 0, 4}, {4}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#endif

int main() { static_cast<void>(sent); }
