// SPDX-License-Identifier: BSL-1.0
// error: commfold::device_mesh: a mesh has at least one axis
#include <commfold/group/device_mesh.hpp>

namespace cf = commfold;

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] cf::device_mesh<> mesh{};
#else
  [[maybe_unused]] cf::device_mesh mesh{cf::process_group<"dp", 1>{}};
#endif
}
