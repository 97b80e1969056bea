// SPDX-License-Identifier: BSL-1.0
// The program of docs/quick_start.md, from top to bottom; tests/snippets.cmake cuts the page from here.

// [top]
#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <tuple>
#include <vector>

namespace cf = commfold;
using namespace cf::literals;
// [/top]

// [model]
template <std::size_t Ranks>
struct layer {
  cf::tensor<cf::bf16, 4096 / Ranks, 4096> wq, wo;
  cf::tensor<cf::bf16, 4096 / Ranks> norm;
};
template <std::size_t Ranks>
struct model {
  std::array<layer<Ranks>, 32> layers;
  cf::tensor<cf::bf16, 32000 / Ranks, 4096> embed;
};
static_assert(cf::sum_tensors_v<model<1>> == 2'409'889'792);  // bytes of the whole model
static_assert(cf::sum_tensors_v<model<8>> == 301'236'224);    // of the part that one of 8 ranks holds
// [/model]

// [dynamic]
constexpr cf::tensor<cf::bf16, cf::dyn, 4096> tokens{7};
static_assert(cf::sum_tensors(tokens) == 7 * 4096 * 2);
// [/dynamic]

// [step]
constexpr auto step = [](auto& comm, auto const& part, auto const& group) {
  comm.phase("forward", [&] { comm.for_each(part.layers, [&](auto const& l) { comm.all_gather(l, group); }); });
  comm.phase("backward", [&] {
    comm.for_each(part.layers, [&](auto const& l) {
      auto const gathered = comm.all_gather(l, group);
      comm.reduce_scatter(gathered, cf::avg, group);
    });
  });
};
// [/step]

// [trace]
constexpr cf::process_group<"dp", 8> dp;
constexpr auto traffic = cf::trace(step, model<8>{}, dp);
static_assert(traffic.calls() == 32 * 9);                 // 3 tensors of a layer are gathered twice and reduced once
static_assert(traffic.message_bytes() == 6'443'237'376);  // per rank
// [/trace]

// [slices]
static_assert(traffic.total({.op = cf::c10d_functional::all_gather_into_tensor}).message_bytes == 4'295'491'584);
static_assert(traffic.total({.group = "dp", .phase = "backward"}).calls == 192);
static_assert(traffic.slice({.phase = "forward"}).rows().size() == 2);  // matrices and norms

constexpr auto by_phase = cf::totals_by(traffic, cf::call_key::phase);
static_assert(by_phase.slices()[1].like().phase() == "backward");
static_assert(by_phase.slices()[1].totals().message_bytes == 4'295'491'584);
// [/slices]

// [run_time]
bool same_at_run_time(std::size_t ranks) { return cf::trace<cf::dyn>(step, model<8>{}, cf::process_group<"dp">{ranks}) == traffic; }
// [/run_time]

// [budget]
constexpr cf::budget limits[] = {
    {.message_bytes = {.at_most = 6500_MB}, .calls = {.at_most = 300}},
    {.of = {.phase = "forward"}, .message_bytes = {.at_least = 1_GB, .at_most = 2200_MB}},
    {.of = {.op = cf::c10d_functional::all_reduce}, .calls = cf::no_calls},
};
COMMFOLD_ASSERT_BUDGET(traffic, limits);
// [/budget]

// [log]
constexpr auto named_step = [](auto& comm, auto const& part, auto const& group) {
  comm.named_scope("layers", [&] { comm.for_each(part.layers, [&](auto const& l) { comm.all_gather(l, group); }); });
};

bool logs_agree() {
  auto const calls = cf::log(step, model<8>{}, dp);                   // 288 calls in order
  auto const paths = cf::log_with_paths(named_step, model<8>{}, dp);  // … with their tensors
  return calls.calls().size() == 288 && paths.calls()[3 * 31 + 1].path == "layers[31].wo";
}
// [/log]

// [mesh]
constexpr cf::device_mesh mesh{cf::process_group<"dp", 8>{}, cf::process_group<"tp", 4>{}};
constexpr auto tp = mesh.group<"tp">();
static_assert(tp == cf::process_group<"tp", 4>{});
static_assert(mesh.ranks_of<"dp">(5) == std::vector<std::size_t>{1, 5, 9, 13, 17, 21, 25, 29});  // row-major
// [/mesh]

// [torch]
constexpr auto torch_step = [](auto& comm, auto const& full, auto const& shard, auto const& loss, auto const& norm) {
  auto const work = comm.dist().all_gather_into_tensor(full, shard, dp);  // c10d::_allgather_base_
  comm.dist().coalescing(dp, [&](auto& batch) {                           // one c10d::allreduce_coalesced_
    batch.all_reduce(loss, cf::avg);
    batch.all_reduce(norm, cf::avg);
  });
  work.wait();
  comm.funcol().all_gather_single(shard, cf::size_c<1>, tp);  // _c10d_functional::all_gather_into_tensor
  comm.call(cf::c10d::_allgather_base_, full, shard, dp);     // an operator by itself
};
constexpr cf::tensor<cf::f32, 1> scalar;
constexpr auto seen = cf::trace(torch_step, cf::tensor<cf::f32, 16, 3>{}, cf::tensor<cf::f32, 2, 3>{}, scalar, scalar);
static_assert(seen.calls() == 4);
static_assert(seen.total({.op = cf::c10d::_allgather_base_}).message_bytes == 2 * 16 * 3 * 4);
// [/torch]

// [operator]
constexpr cf::tensor<cf::f32, 100> shard;
constexpr auto full = cf::c10d_functional::all_gather_into_tensor(shard, tp.size, tp);  // tensor<f32, 400>
constexpr auto arguments = std::tuple{shard, tp.size, tp};
static_assert(cf::collective_op::get_comm_tensor_size(cf::c10d_functional::all_gather_into_tensor, full, arguments) == 1600);
// [/operator]

// [main]
int main() {
  if (!same_at_run_time(8) || !logs_agree()) return 1;
  std::fputs(cf::text_report(traffic).c_str(), stdout);
}
// [/main]
