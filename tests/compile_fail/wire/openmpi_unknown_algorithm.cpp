// SPDX-License-Identifier: BSL-1.0
// error: commfold::openmpi".*{} has no algorithm {}
// error[gcc]: array subscript value '7' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::openmpi".*"{} has no algorithm {}".*, {9, .*allgather.*}, 7\)
#include <commfold/wire/openmpi.hpp>

#include <cstddef>

namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;

#ifdef SHOULD_FAIL
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::allgather, 4, 8}, {7}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#else
constexpr std::size_t sent =
    openmpi::with_schedule({openmpi::collective::allgather, 4, 8}, {6 - 1}, [](auto const& s) { return wire::sent_bytes(s, 0); });
#endif

int main() { static_cast<void>(sent); }
