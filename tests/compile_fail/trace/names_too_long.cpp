// SPDX-License-Identifier: BSL-1.0
// error[gcc]: array subscript value '2' is outside the bounds of array 'ledger_too_small_ask_for_trace_of' of type 'const bool \[1\]'
// error[clang]: cannot refer to element 2 of array of 1 element in a constant expression
// The names do not fit; the number of rows to ask for does not depend on how many kinds of call there are.
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

#define SIXTY "012345678901234567890123456789012345678901234567890123456789"
constexpr cf::process_group<SIXTY, 4> g;

// 1 + (1 + 60) + (2 + 232) characters are all that a ledger of one row has room for.
#ifdef SHOULD_FAIL
#define REST "01234567890123456789012345678901234567890123456789012"
#else
#define REST "0123456789012345678901234567890123456789012345678901"
#endif
constexpr auto traffic = cf::trace<1>([](auto& comm) { comm.phase(SIXTY SIXTY SIXTY REST, [&] { comm.barrier(g); }); });

int main() { static_cast<void>(traffic); }
