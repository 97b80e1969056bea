// SPDX-License-Identifier: BSL-1.0
// error: on {} ranks and {} nodes, {} with {} is no candidate for {}
// error[gcc]: array subscript value '8' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::nccl::tuning_of".*, 8, 1, .*"NVLS".*"Simple".*"broadcast"
#include <commfold/wire/nccl/tuning.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr auto kind = cf::collective_kind::broadcast;
#else
constexpr auto kind = cf::collective_kind::all_reduce;
#endif
constexpr cf::nccl::tuning model =
    cf::nccl::tuning_of(kind, cf::nccl::algorithm::nvls, cf::nccl::protocol::simple, cf::nccl::topology(cf::nccl::h100_8nic, 8, 1));

int main() { static_cast<void>(model); }
