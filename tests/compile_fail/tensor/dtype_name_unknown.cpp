// SPDX-License-Identifier: BSL-1.0
// error: commfold::dtype_from_name.*no dtype is called .*{}.*; did you mean {}, {} or {}
// error[clang]: in call to .fail.*"commfold::dtype_from_name".*did you mean.*"flaot32".*"float32"
#include <commfold/tensor/dtype_name.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr auto d = cf::dtype_from_name("flaot32");
#else
constexpr auto d = cf::dtype_from_name("float32");
#endif

int main() { static_cast<void>(d); }
