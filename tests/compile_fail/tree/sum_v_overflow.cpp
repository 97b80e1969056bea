// SPDX-License-Identifier: BSL-1.0
// error: commfold::sum_tensors: the bytes of this tree do not fit std::size_t
#include <commfold/tree.hpp>

#include <tuple>

using half = commfold::tensor<commfold::u8, (std::size_t{1} << 63)>;

#ifdef SHOULD_FAIL
using tree = std::tuple<half, half>;
#else
using tree = std::tuple<half, int>;
#endif

int main() { return commfold::sum_tensors_v<tree> != 0 ? 0 : 1; }
