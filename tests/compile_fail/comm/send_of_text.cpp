// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::send: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.send("x", 1, dp);
#else
  comm.send(commfold::tensor<commfold::u8, 1>{}, 1, dp);
#endif
  return static_cast<int>(log.calls().size());
}
