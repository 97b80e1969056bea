// SPDX-License-Identifier: BSL-1.0
// What docs/wire.md shows of steps on the wire; tests/snippets.cmake cuts it from here.
#include <commfold/commfold.hpp>
#include <commfold/wire.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>

namespace {

namespace cf = commfold;
using namespace cf::literals;

// [step]
constexpr cf::process_group<"dp", 16> dp;
constexpr cf::process_group<"tp", 8> tp;
constexpr cf::device_mesh mesh{dp, tp};

constexpr auto step = [](auto& comm) {
  comm.phase("forward", [&] { comm.repeat(64, [&] { comm.all_reduce(cf::tensor<cf::f32, 4096, 1024>{}, cf::sum, tp); }); });
  comm.phase("backward", [&] { comm.repeat(32, [&] { comm.all_reduce(cf::tensor<cf::f32, 4096, 512>{}, cf::avg, dp); }); });
};
constexpr auto traffic = cf::trace<8>(step);

// Ranks 0 to 7 are on node 0: a "tp" group lies within a node, and a "dp" group has a rank on each.
constexpr cf::wire::cluster where(mesh, {{"node", 8}});
constexpr auto sent = cf::on_wire(traffic, cf::gloo::backend{}, where);

static_assert(sent.sent_bytes(0) == 2'382'899'200 && sent.received_bytes(0) == 2'382'899'200);
static_assert(sent.of_rank(0).all().payload.sent_bytes == 2'382'364'672);  // the rest are gloo's headers
static_assert(sent.sent_bytes(0, {.group = dp}) == 503'592'960 && sent.bytes_between("node", {.group = tp}) == 0);
static_assert(sent.sent_bytes_between(8, 0) > 0 && sent.sent_bytes_between(8, 16) < 1_MB);  // gloo's ring runs down
// [/step]

// [budget]
constexpr cf::wire::network links{{3, 400}, {8, 50}};  // 3 us and 400 GB/s a rank, 8 us and 50 GB/s a node
constexpr auto timed = cf::on_wire(traffic, cf::openmpi::backend{}, where, links);
COMMFOLD_ASSERT_BUDGET(sent, {.sent_bytes = {.at_least = 2300_MB, .at_most = 2400_MB}});
constexpr cf::budget rules[] = {
    {.of = {.group = tp}, .between = {.domain = "node", .at_most = 0}},
    {.between = {.domain = "node", .at_most = 65_GB}},
};
COMMFOLD_ASSERT_BUDGET(sent, rules);
// [/budget]

// [backend]
struct my_library {
  template <class Use>
  constexpr void schedules_of(cf::wire::call const& c, Use&& use) const {
    if (c.kind() != cf::collective_kind::all_reduce) cf::wire::refuse("my_library", c);
    use(cf::wire::all_reduce::ring(cf::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
  }
};
static_assert(cf::on_wire(traffic, my_library{}, where).max_sent_bytes() == 2'382'364'672);
// [/backend]

// [choose]
// An algorithm of Open MPI's that is set, and one of NCCL's and a protocol.
constexpr auto by_ring = cf::openmpi::backend{}.with(cf::openmpi::collective::allreduce, {.algorithm = 4});
constexpr auto by_tree =
    cf::nccl::backend{cf::nccl::h100_8nic}.with(cf::collective_kind::all_reduce, cf::nccl::algorithm::tree, cf::nccl::protocol::ll128);
static_assert(cf::on_wire(traffic, by_ring, where).total_sent_bytes() < cf::on_wire(traffic, by_tree, where).total_sent_bytes());
// [/choose]

TEST_CASE("What docs/wire.md says of a step holds at run time, too") {
  auto const at_run_time = cf::on_wire(traffic, cf::gloo::backend{}, where);
  std::size_t all = 0;
  for (auto const& rank : at_run_time.of_all_ranks()) all += rank.all().sent_bytes;
  CHECK(all == sent.total_sent_bytes());
  CHECK(timed.microseconds() > 0);
}

}  // namespace
