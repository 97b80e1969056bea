// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::reduce_scatter_tensor: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.reduce_scatter(std::vector<double>(100), commfold::sum, dp);
#else
  comm.reduce_scatter(commfold::tensor<commfold::f64, commfold::dyn>{100}, commfold::sum, dp);
#endif
  return static_cast<int>(log.calls().size());
}
