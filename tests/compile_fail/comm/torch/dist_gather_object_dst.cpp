// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::gather_: a root, source or destination is not a rank of the group
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr auto dst = cf::size_c<4>;
#else
constexpr auto dst = cf::size_c<3>;
#endif
constexpr auto traffic = cf::trace([](auto& comm) { comm.dist().gather_object(100, dst, g); });

int main() { static_cast<void>(traffic); }
