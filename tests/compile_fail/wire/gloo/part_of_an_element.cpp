// SPDX-License-Identifier: BSL-1.0
// error: a vector of {} B has no whole number of elements of {} B
// error[gcc]: array subscript value '1022' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::gloo::all_reduce.*a vector of {} B has no whole number of elements of {} B.*, 1022, 4\)
#include <commfold/wire/gloo/all_reduce.hpp>

#ifdef SHOULD_FAIL
constexpr commfold::gloo::all_reduce schedule(1022, 8, 4);
#else
constexpr commfold::gloo::all_reduce schedule(1024, 8, 4);
#endif

int main() { return commfold::wire::sent_bytes(schedule, 0) == 0; }
