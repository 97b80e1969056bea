// SPDX-License-Identifier: BSL-1.0
// error: {} moves no bytes and has no bus bandwidth
// error[clang]: in call to .fail.*commfold::nccl::bus_bandwidth_factor".*"barrier"
#include <commfold/wire/nccl/bus_bandwidth.hpp>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr auto kind = cf::collective_kind::barrier;
#else
constexpr auto kind = cf::collective_kind::broadcast;
#endif
constexpr cf::nccl::exact_ratio factor = cf::nccl::bus_bandwidth_factor(kind, 8);

int main() { static_cast<void>(factor); }
