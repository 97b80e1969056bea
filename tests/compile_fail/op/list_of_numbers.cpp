// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::allreduce_: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/op.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
#ifdef SHOULD_FAIL
  std::vector<double> const tensors(100);
#else
  std::vector<commfold::tensor<commfold::f64, 100>> const tensors(1);
#endif
  commfold::c10d::allreduce_(tensors, dp, commfold::sum);
}
