// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::point_to_point".*rank {} is outside a group of {} ranks
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail<.*"commfold::wire::point_to_point".*"rank {} is outside a group of {} ranks".*, 4, 4\)
#include <commfold/wire/point_to_point.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::point_to_point::send(4, 0, 4, 8), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::point_to_point::send(4, 0, 3, 8), 0);
#endif

int main() { static_cast<void>(sent); }
