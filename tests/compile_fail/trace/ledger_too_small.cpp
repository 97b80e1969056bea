// SPDX-License-Identifier: BSL-1.0
// error: fail_ledger_too_small
// error[clang]: expect_ledger_has_room\(3, 2\)
#include <commfold/trace/trace.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

using weights = std::tuple<cf::tensor<cf::f32, 1>, cf::tensor<cf::f32, 2>, cf::tensor<cf::f32, 3>>;
constexpr auto step = [](auto& comm) { comm.all_gather(weights{}, g); };

#ifdef SHOULD_FAIL
constexpr auto traffic = cf::trace<2>(step);
#else
constexpr auto traffic = cf::trace<3>(step);
#endif

int main() { static_cast<void>(traffic); }
