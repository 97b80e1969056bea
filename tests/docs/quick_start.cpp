// SPDX-License-Identifier: BSL-1.0
// What docs/quick_start.md shows; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace cf = commfold;
using namespace cf::literals;

namespace whole {
// [model]
struct layer {
  cf::tensor<cf::bf16, 4096, 4096> wq, wo;
  cf::tensor<cf::bf16, 4096> norm;
};
struct model {
  std::array<layer, 32> layers;
  cf::tensor<cf::bf16, 32000, 4096> embed;
};
static_assert(cf::sum_tensors_v<model> == 2'409'889'792);
// [/model]
}  // namespace whole

// [dynamic]
constexpr cf::tensor<cf::bf16, cf::dyn, 4096> tokens{7};
static_assert(cf::sum_tensors(tokens) == 7 * 4096 * 2);
// [/dynamic]

// [shard]
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
// [/shard]

// [step]
constexpr auto step = [](auto& comm, auto const& shard, auto const& group) {
  comm.phase("forward", [&] { comm.for_each(shard.layers, [&](auto const& l) { comm.all_gather(l, group); }); });
  comm.phase("backward", [&] {
    comm.for_each(shard.layers, [&](auto const& l) {
      auto const full = comm.all_gather(l, group);
      comm.reduce_scatter(full, cf::avg, group);
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

// [budget]
constexpr cf::budget limits[] = {
    {.message_bytes = {.at_most = 6500_MB}, .calls = {.at_most = 300}},
    {.of = {.phase = "forward"}, .message_bytes = {.at_least = 1_GB, .at_most = 2200_MB}},
    {.of = {.op = cf::c10d_functional::all_reduce}, .calls = cf::no_calls},
};
COMMFOLD_ASSERT_BUDGET(traffic, limits);
// [/budget]

// [named]
constexpr auto named_step = [](auto& comm, auto const& shard, auto const& group) {
  comm.named_scope("layers", [&] { comm.for_each(shard.layers, [&](auto const& l) { comm.all_gather(l, group); }); });
};
// [/named]

namespace by_pytorch_names {
constexpr cf::process_group<"tp", 4> tp;
constexpr auto calls = [](auto& comm, auto const& full, auto const& shard, auto const& loss, auto const& norm) {
  // [dist]
  auto const work = comm.dist().all_gather_into_tensor(full, shard, dp);  // c10d::_allgather_base_
  comm.dist().coalescing(dp, [&](auto& batch) {                           // one c10d::allreduce_coalesced_
    batch.all_reduce(loss, cf::avg);
    batch.all_reduce(norm, cf::avg);
  });
  work.wait();
  auto const rows = comm.funcol().all_gather_single(shard, cf::size_c<1>, tp);  // _c10d_functional::all_gather_into_tensor
  // [/dist]
  // [call]
  comm.call(cf::c10d::_allgather_base_, full, shard, dp);
  // [/call]
  static_cast<void>(rows);
};
using part = cf::tensor<cf::f32, 2, 3>;
constexpr auto seen = cf::trace(calls, cf::tensor<cf::f32, 16, 3>{}, part{}, cf::tensor<cf::f32, 1>{}, cf::tensor<cf::f32, 1>{});
static_assert(seen.calls() == 4);
static_assert(seen.total({.op = cf::c10d::_allgather_base_}).calls == 2);
static_assert(seen.total({.op = cf::c10d::allreduce_coalesced_}).calls == 1);
static_assert(seen.total({.op = cf::c10d_functional::all_gather_into_tensor, .group = tp}).message_bytes == 96);
}  // namespace by_pytorch_names

// [mesh]
constexpr cf::device_mesh mesh{cf::process_group<"dp", 2>{}, cf::process_group<"tp", 4>{}};
static_assert(mesh.group<"tp">() == cf::process_group<"tp", 4>{});
static_assert(mesh.ranks_of<"dp">(5) == std::vector<std::size_t>{1, 5});  // row-major
// [/mesh]

namespace by_itself {
// [operator]
constexpr cf::process_group<"dp", 4> group;
constexpr cf::tensor<cf::f32, 100> shard;
constexpr auto full = cf::c10d_functional::all_gather_into_tensor(shard, group.size, group);  // tensor<f32, 400>
constexpr auto arguments = std::tuple{shard, group.size, group};
static_assert(cf::collective_op::get_comm_tensor_size(cf::c10d_functional::all_gather_into_tensor, full, arguments) == 1600);
// [/operator]
}  // namespace by_itself

std::string text_of(char const* name) {
  std::ifstream file(std::string(COMMFOLD_TEST_DATA "/../docs/") + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the quick start's table is what the trace prints", "[docs]") { CHECK(cf::text_report(traffic) == text_of("quick_start.txt")); }

TEST_CASE("the quick start's step, at run time", "[docs]") {
  std::size_t const ranks = 8;
  // [run_time]
  auto const at_run_time = cf::trace<cf::dyn>(step, model<8>{}, cf::process_group<"dp">{ranks});
  // [/run_time]
  CHECK(at_run_time == traffic);

  // [log]
  auto const calls = cf::log(step, model<8>{}, dp);                   // 288 calls in order
  auto const paths = cf::log_with_paths(named_step, model<8>{}, dp);  // … with their tensors
  bool const ok = paths.calls()[3 * 31 + 1].path == "layers[31].wo";  // the second tensor of the last layer
  // [/log]
  CHECK(calls.calls().size() == 288);
  CHECK(paths.calls().size() == 96);
  CHECK(ok);
}
