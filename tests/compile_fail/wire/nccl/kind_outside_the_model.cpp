// SPDX-License-Identifier: BSL-1.0
// error: NCCL.*s model has no {}; it has all_reduce, all_gather, reduce_scatter, broadcast and reduce
// error[clang]: in call to .fail.*"commfold::nccl::choose".*{.*"all_to_all"
#include <commfold/wire/nccl/choice.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr auto kind = cf::collective_kind::all_to_all;
#else
constexpr auto kind = cf::collective_kind::all_gather;
#endif
constexpr cf::nccl::choice chosen = cf::nccl::choose(kind, 1024, cf::nccl::topology(cf::nccl::h100_8nic, 16, 2));

int main() { static_cast<void>(chosen); }
