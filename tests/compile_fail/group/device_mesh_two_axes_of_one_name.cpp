// SPDX-License-Identifier: BSL-1.0
// error: commfold::device_mesh: two axes have one name
#include <commfold/group/device_mesh.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}, cf::process_group<"dp", 4>{}};
#else
constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}, cf::process_group<"pp", 4>{}};
#endif

int main() { static_cast<void>(mesh); }
