// SPDX-License-Identifier: BSL-1.0
// error: {} ranks are no multiple of {} nodes; NCCL.*s model has as many ranks on each
// error[gcc]: array subscript value '12' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::nccl::topology".*, 12, 8\)
#include <commfold/wire/nccl/topology.hpp>

#include <cstddef>

namespace nccl = commfold::nccl;

#ifdef SHOULD_FAIL
constexpr std::size_t ranks = 12;
#else
constexpr std::size_t ranks = 16;
#endif
constexpr nccl::topology cluster(nccl::h100_8nic, ranks, 8);

int main() { static_cast<void>(cluster); }
