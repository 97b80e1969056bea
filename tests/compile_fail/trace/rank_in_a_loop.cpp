// SPDX-License-Identifier: BSL-1.0
// error: {} {} is not a rank of group .*{}.*, which has {}
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::c10d::send".*is not a rank of group.*"dst".0., 4, .*, 4\)
// The rank is no literal: g++ prints it as an index.
#include <commfold/trace/trace.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"g", 4> g;

#ifdef SHOULD_FAIL
constexpr std::size_t last = 4;
#else
constexpr std::size_t last = 3;
#endif
constexpr auto traffic = cf::trace([](auto& comm) {
  for (std::size_t to = 1; to <= last; ++to) comm.send(cf::tensor<cf::f32, 8>{}, to, g);
});

int main() { static_cast<void>(traffic); }
