// SPDX-License-Identifier: BSL-1.0
// error: commfold::_c10d_functional::all_reduce_coalesced: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.all_reduce_coalesced(std::vector<double>(100), commfold::sum, dp);
#else
  comm.all_reduce_coalesced(std::vector{commfold::tensor<commfold::f64, commfold::dyn>{100}}, commfold::sum, dp);
#endif
  return static_cast<int>(log.calls().size());
}
