// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_reduce::segmented_ring".*{} B are less than a segment of {} B for each of {} ranks
// error[gcc]: array subscript value '399' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_reduce::segmented_ring".*"{} B are less than a segment of {} B for each of {} ranks".*, 399, 100, 4\)
#include <commfold/wire/all_reduce.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::segmented_ring(4, 399, 100), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::all_reduce::segmented_ring(4, 400, 100), 0);
#endif

int main() { static_cast<void>(sent); }
