// SPDX-License-Identifier: BSL-1.0
// error: commfold::device_mesh: the mesh has no axis of that name
#include <commfold/group/device_mesh.hpp>

namespace cf = commfold;

constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto group = mesh.group<"pp">();
#else
  [[maybe_unused]] auto group = mesh.group<"tp">();
#endif
}
