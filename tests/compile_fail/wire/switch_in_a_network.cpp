// SPDX-License-Identifier: BSL-1.0
// error: it has no switch, and this schedule of {} ranks goes through one
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/nccl/backend.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>

namespace cf = commfold;
namespace nccl = cf::nccl;

constexpr cf::process_group<"dp", 4> dp;
constexpr auto step = [](auto& comm) { comm.all_reduce(cf::tensor<cf::f32, 100>{}, cf::sum, dp); };
#ifdef SHOULD_FAIL
constexpr nccl::algorithm by = nccl::algorithm::nvls;
#else
constexpr nccl::algorithm by = nccl::algorithm::ring;
#endif
constexpr auto chosen = nccl::backend(nccl::h100_8nic).with(cf::collective_kind::all_reduce, by, nccl::protocol::simple);
constexpr double how_long = cf::on_wire(cf::trace<1>(step), chosen, cf::wire::cluster(dp), cf::wire::network{{1, 100}}).microseconds();

int main() { static_cast<void>(how_long); }
