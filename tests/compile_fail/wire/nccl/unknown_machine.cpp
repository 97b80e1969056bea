// SPDX-License-Identifier: BSL-1.0
// error: no machine is called .*{}.*; there are h100-8nic, a100-8nic and b200-8nic
// error[clang]: in call to .fail.*commfold::nccl::machine_from_name".*"h100"
#include <commfold/wire/nccl/machine.hpp>

namespace nccl = commfold::nccl;

#ifdef SHOULD_FAIL
constexpr nccl::machine machine = nccl::machine_from_name("h100");
#else
constexpr nccl::machine machine = nccl::machine_from_name("h100-8nic");
#endif

int main() { static_cast<void>(machine); }
