// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allgather_: a tensor without dimensions has no dimension 0 to divide
#include <commfold/trace/trace.hpp>

#include <array>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.all_gather(cf::tensor<cf::f32>{}, std::array{1, 1, 1, 1}, g);
#else
  comm.all_gather(cf::tensor<cf::f32, 1>{}, std::array{1, 1, 1, 1}, g);
#endif
});

int main() { static_cast<void>(traffic); }
