// SPDX-License-Identifier: BSL-1.0
// error: commfold::recorder::phase.*a phase has a name
// error[clang]: in call to .fail.*"commfold::recorder::phase".*"a phase has a name"
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr char const* phase = "";
#else
constexpr char const* phase = "forward";
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.phase(phase, [&] { comm.barrier(g); }); });

int main() { static_cast<void>(traffic); }
