// SPDX-License-Identifier: BSL-1.0
// error: {}{}{} does not fit std::size_t
// error[gcc]: array subscript value '4611686018427387904' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::ledger_row::totals".*does not fit std::size_t".*, 4611686018427387904, .*, 32\)
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic =
    cf::trace([](auto& comm) { comm.repeat(std::size_t{1} << 62, [&] { comm.all_reduce(cf::tensor<cf::u8, 32>{}, cf::sum, g); }); });

#ifdef SHOULD_FAIL
constexpr auto number = traffic.message_bytes();
#else
constexpr auto number = traffic.calls();
#endif

int main() { static_cast<void>(number); }
