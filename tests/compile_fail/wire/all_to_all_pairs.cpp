// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::all_to_all".*{} sizes are not one for each pair of {} ranks
// error[gcc]: array subscript value '5' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::all_to_all".*"{} sizes are not one for each pair of {} ranks".*, 5, 2\)
#include <commfold/wire/all_to_all.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sizes[5]{};
constexpr std::size_t sent = wire::sent_bytes(wire::all_to_all::linear(wire::all_to_all::pair_bytes::of({sizes, 5}, 2)), 0);
#else
constexpr std::size_t sizes[4]{};
constexpr std::size_t sent = wire::sent_bytes(wire::all_to_all::linear(wire::all_to_all::pair_bytes::of({sizes, 4}, 2)), 0);
#endif

int main() { static_cast<void>(sent); }
