// SPDX-License-Identifier: BSL-1.0
// error: commfold::device_mesh: the number of ranks does not fit std::size_t
#include <commfold/group/device_mesh.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr cf::device_mesh mesh{cf::process_group<"a", (std::size_t{1} << 32)>{}, cf::process_group<"b", (std::size_t{1} << 32)>{}};
#else
constexpr cf::device_mesh mesh{cf::process_group<"a", (std::size_t{1} << 32)>{}, cf::process_group<"b", (std::size_t{1} << 31)>{}};
#endif

int main() { static_cast<void>(mesh); }
