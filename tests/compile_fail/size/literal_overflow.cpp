// SPDX-License-Identifier: BSL-1.0
// error: commfold::literals: this is no integer that fits std::size_t in bytes
#include <commfold/size/literals.hpp>

using namespace commfold::literals;

#ifdef SHOULD_FAIL
constexpr auto n = 16'777'216_TiB;
#else
constexpr auto n = 16'777'215_TiB;
#endif

int main() { return n == 0; }
