// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_gather_into_tensor: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.all_gather(std::vector<double>(100), dp);
#else
  comm.all_gather(commfold::tensor<commfold::f64, commfold::dyn>{100}, dp);
#endif
  return static_cast<int>(log.calls().size());
}
