// SPDX-License-Identifier: BSL-1.0
// error: a record of {} does not say how large each of its tensors is
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/nccl/backend.hpp>
#include <commfold/wire/step.hpp>

#include <tuple>

namespace cf = commfold;

constexpr cf::process_group<"dp", 4> dp;
constexpr auto step = [](auto& comm) {
#ifdef SHOULD_FAIL
  auto const list = std::tuple(cf::tensor<cf::f32, 4>{}, cf::tensor<cf::f32, 8>{});
#else
  auto const list = std::tuple(cf::tensor<cf::f32, 4>{});
#endif
  comm.call(cf::c10d_functional::all_reduce_coalesced, list, cf::sum, dp);
};
constexpr double how_long =
    cf::on_wire(cf::trace<1>(step), cf::nccl::backend(cf::nccl::h100_8nic), cf::wire::cluster(dp), cf::nccl::timing(cf::nccl::h100_8nic))
        .microseconds();

int main() { static_cast<void>(how_long); }
