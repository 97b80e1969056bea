// SPDX-License-Identifier: BSL-1.0
// error: fail_text_too_long
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr char const* name = "0123456789012345678901234567890123456789012345678901234567890123";
#else
constexpr char const* name = "012345678901234567890123456789012345678901234567890123456789012";
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.phase(name, [&] { comm.barrier(g); }); });

int main() { static_cast<void>(traffic); }
