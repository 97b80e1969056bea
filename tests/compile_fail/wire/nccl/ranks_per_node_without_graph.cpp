// SPDX-License-Identifier: BSL-1.0
// error: for {} ranks a node, machine .*{}.* has no channel graphs
// error[gcc]: array subscript value '6' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::nccl::topology".*, 6, .*"a100-8nic"
#include <commfold/wire/nccl/topology.hpp>

#include <cstddef>

namespace nccl = commfold::nccl;

#ifdef SHOULD_FAIL
constexpr std::size_t ranks = 12;
#else
constexpr std::size_t ranks = 16;
#endif
constexpr nccl::topology cluster(nccl::a100_8nic, ranks, 2);

int main() { static_cast<void>(cluster); }
