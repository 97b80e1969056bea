// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_reduce::two_level".*{} ranks do not fill nodes of {}
// error[gcc]: array subscript value '12' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_reduce::two_level".*"{} ranks do not fill nodes of {}".*, 12, 8\)
#include <commfold/wire/all_reduce.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::two_level(12, 100, 8), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::two_level(16, 100, 8), 0);
#endif

int main() { static_cast<void>(sent); }
