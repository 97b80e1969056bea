// SPDX-License-Identifier: BSL-1.0
// error: commfold::sum_tensors_v: the type does not tell all bytes
#include <commfold/tree.hpp>

#include <tuple>

#ifdef SHOULD_FAIL
using tree = std::tuple<commfold::tensor<commfold::f32, commfold::dyn>>;
#else
using tree = std::tuple<commfold::tensor<commfold::f32, 4>>;
#endif

int main() { return commfold::sum_tensors_v<tree> == 16 ? 0 : 1; }
