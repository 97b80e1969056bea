// SPDX-License-Identifier: BSL-1.0
// error: {} {} is outside a group of {} ranks
// error[gcc]: array subscript value '8' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::gloo::reduce.*{} {} is outside a group of {} ranks.*"root".*, 8, 8\)
#include <commfold/wire/gloo/reduce.hpp>

#ifdef SHOULD_FAIL
constexpr commfold::gloo::reduce schedule(1024, 8, 4, 8);
#else
constexpr commfold::gloo::reduce schedule(1024, 8, 4, 7);
#endif

int main() { return commfold::wire::sent_bytes(schedule, 0) == 0; }
