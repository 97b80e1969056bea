// SPDX-License-Identifier: BSL-1.0
// error: commfold::literals: this is no integer that fits std::size_t in bytes
#include <commfold/size/literals.hpp>

using namespace commfold::literals;

int main() {
#ifdef SHOULD_FAIL
  return 1.5_GiB == 0;
#else
  return 1536_MiB == 0;
#endif
}
