// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::scatter::linear".*root {} is outside a group of {} ranks
// error[gcc]: array subscript value '5' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::scatter::linear".*"root {} is outside a group of {} ranks".*, 5, 4\)
#include <commfold/wire/scatter.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::scatter::linear(wire::blocks::equal(8, 4), 5), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::scatter::linear(wire::blocks::equal(8, 4), 1), 0);
#endif

int main() { static_cast<void>(sent); }
