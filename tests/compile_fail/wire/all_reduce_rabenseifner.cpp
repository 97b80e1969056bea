// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_reduce::rabenseifner".*{} elements are fewer than the {} ranks that divide them among each other
// error[gcc]: array subscript value '7' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_reduce::rabenseifner".*"{} elements are fewer than the {} ranks that divide them among each other".*, 7, 8\)
#include <commfold/wire/all_reduce.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::rabenseifner(9, 7), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::rabenseifner(9, 8), 0);
#endif

int main() { static_cast<void>(sent); }
