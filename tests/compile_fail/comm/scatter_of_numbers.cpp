// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::scatter_: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.scatter(std::vector<double>(100), 0, dp);
#else
  comm.scatter(commfold::tensor<commfold::f64, commfold::dyn>{100}, 0, dp);
#endif
  return static_cast<int>(log.calls().size());
}
