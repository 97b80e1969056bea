// SPDX-License-Identifier: BSL-1.0
// error: the splits of rank {} are not known, only those of rank {}
// error[gcc]: array subscript value '2' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::gloo::all_to_all_of_rank.*the splits of rank {} are not known, only those of rank {}.*, 2, 1\)
#include <commfold/wire/gloo/all_to_all.hpp>

#include <cstddef>

using commfold::wire::blocks;

constexpr std::size_t handed_out[] = {1, 2, 3}, handed_in[] = {4, 2, 0};
constexpr commfold::gloo::all_to_all_of_rank exchange(blocks::of({handed_out, 3}), blocks::of({handed_in, 3}), 1);
#ifdef SHOULD_FAIL
constexpr std::size_t sent = commfold::wire::sent_bytes(exchange, 2);
#else
constexpr std::size_t sent = commfold::wire::sent_bytes(exchange, 1);
#endif

int main() { return sent == 0; }
