// SPDX-License-Identifier: BSL-1.0
// error: {} {} is not a rank of group .*{}.*, which has {}
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::.*is not a rank of group.*".*".0., 4, .*, 4\)
#include <commfold/trace/trace.hpp>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;
constexpr cf::tensor<cf::f32, 8, 2> t;

constexpr auto traffic = cf::trace([](auto& comm) {
#ifdef SHOULD_FAIL
  comm.gather(t, 4, g);
#else
  comm.gather(t, 3, g);
#endif
});

int main() { static_cast<void>(traffic); }
