// SPDX-License-Identifier: BSL-1.0
// error[gcc]: array subscript value '3' is outside the bounds of array 'ledger_too_small_ask_for_trace_of' of type 'const bool \[2\]'
// error[clang]: cannot refer to element 3 of array of 2 elements in a constant expression
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
