// SPDX-License-Identifier: BSL-1.0
// error: {}{}{} does not fit std::size_t
// error[gcc]: array subscript value '3000000000' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::recorder::repeat".*does not fit std::size_t".*, 3000000000, .* 7000000000\)
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr std::size_t outer = 3000000000;
#else
constexpr std::size_t outer = 2;
#endif
constexpr auto traffic =
    cf::trace([](auto& comm) { comm.repeat(outer, [&] { comm.repeat(std::size_t{7000000000}, [&] { comm.barrier(g); }); }); });

int main() { static_cast<void>(traffic); }
