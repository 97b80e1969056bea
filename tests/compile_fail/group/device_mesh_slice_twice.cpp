// SPDX-License-Identifier: BSL-1.0
// error: commfold::device_mesh: two axes have one name
#include <commfold/group/device_mesh.hpp>

namespace cf = commfold;

constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}};

int main() {
#ifdef SHOULD_FAIL
  [[maybe_unused]] auto slice = mesh.slice<"dp", "dp">();
#else
  [[maybe_unused]] auto slice = mesh.slice<"tp", "dp">();
#endif
}
