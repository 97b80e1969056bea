// SPDX-License-Identifier: BSL-1.0
// error: commfold::openmpi::algorithm_named".*{} has no algorithm .*{}
// error[clang]: in call to .fail<.*"commfold::openmpi::algorithm_named".*{} has no algorithm.*allreduce.*rings
#include <commfold/wire/openmpi.hpp>

#include <cstddef>

namespace wire = commfold::wire;
namespace openmpi = commfold::openmpi;

#ifdef SHOULD_FAIL
constexpr unsigned sent = openmpi::algorithm_named(openmpi::collective::allreduce, "rings");
#else
constexpr unsigned sent = openmpi::algorithm_named(openmpi::collective::allreduce, "ring");
#endif

int main() { static_cast<void>(sent); }
