// SPDX-License-Identifier: BSL-1.0
// error: commfold::c10d::send: no tensor can be in what is given for the tensors; describe a buffer of numbers as a tensor
#include <commfold/commfold.hpp>

#include <vector>

int main() {
  constexpr commfold::process_group<"dp", 4> dp;
  constexpr commfold::tensor<commfold::u8, 1> byte;
  commfold::call_log log;
  commfold::recorder comm(log);
#ifdef SHOULD_FAIL
  comm.sendrecv(std::vector<double>(3), 1, byte, 2, dp);
#else
  comm.sendrecv(byte, 1, byte, 2, dp);
#endif
  return static_cast<int>(log.calls().size());
}
