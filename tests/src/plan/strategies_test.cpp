// SPDX-License-Identifier: BSL-1.0
// Plans of strategies over data alone, against sums that are worked out by hand here.
//
// The tiny model: 2 layers of hidden size 512, feed-forward 1408, 8 heads of 64 with 2 of keys and values, 32000 words, bfloat16. A layer
// has 2 norms of 512, queries and outputs of 512 x 512, keys and values of 128 x 512, three matrices of 1408 x 512: 2 819 072 elements. The
// embedding and the head have 16 384 000 each, the last norm 512. In all 38 406 656.
#include <src/input_error.hpp>
#include <src/model_config.hpp>
#include <src/plan/plan.hpp>

#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace cf = commfold;
namespace io = commfold::io;
using io::axis;
using io::strategy;

namespace {

constexpr std::size_t layer = 2'819'072, embed = 16'384'000, norm = 512, all = 38'406'656;

io::model tiny() { return io::read_model_config(std::string(COMMFOLD_MODELS) + "/tiny.json"); }

/// Calls and message bytes by operator, group and phase.
using totals = std::map<std::tuple<std::string, std::string, std::string>, std::pair<std::size_t, std::size_t>>;
totals totals_of(io::plan const& of) {
  totals sums;
  for (cf::ledger_row const& row : of.traffic.rows()) {
    auto& sum = sums[{std::string(row.call().op()), std::string(row.call().group()), std::string(row.call().phase())}];
    sum.first += row.calls();
    sum.second += row.totals().message_bytes;
  }
  return sums;
}

std::string refusal(io::plan_options const& with) {
  try {
    (void)io::make_plan(tiny(), with);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

constexpr char const *gather = "c10d::_allgather_base_", *scatter = "c10d::_reduce_scatter_base_", *reduce = "c10d::allreduce_";

}  // namespace

TEST_CASE("HSDP shards over fsdp and reduces shards over dp", "[plan][strategies]") {
  totals const got = totals_of(io::make_plan(tiny(), {.mesh = {{axis::dp, 2}, {axis::fsdp, 4}}, .by = strategy::hsdp}));
  std::size_t const root = 2 * embed + norm;
  CHECK(got == totals{{{gather, "fsdp", "forward"}, {3, 2 * all}},
                      {{gather, "fsdp", "backward"}, {2, 2 * 2 * layer}},
                      {{scatter, "fsdp", "backward"}, {3, 2 * (root + 2 * layer)}},
                      {{reduce, "dp", "backward"}, {3, 2 * all / 4}}});
}

TEST_CASE("units beside the layers are gathered by themselves", "[plan][strategies]") {
  totals const got = totals_of(io::make_plan(tiny(), {.units = {{"layer"}, {"embed"}, {"norm", "head"}}}));
  // The root has nothing of its own. All units are dropped after their forward and gathered again for their backward.
  CHECK(got == totals{{{gather, "dp", "forward"}, {4, 2 * all}},
                      {{gather, "dp", "backward"}, {4, 2 * all}},
                      {{scatter, "dp", "backward"}, {4, 2 * all}}});
  totals const whole = totals_of(io::make_plan(tiny(), {.units = {}}));
  CHECK(whole == totals{{{gather, "dp", "forward"}, {1, 2 * all}}, {{scatter, "dp", "backward"}, {1, 2 * all}}});
}

TEST_CASE("micro-batches gather each time, and reduce each time or in the last one", "[plan][strategies]") {
  totals const each = totals_of(io::make_plan(tiny(), {.micro_batches = 4}));
  CHECK(each.at({scatter, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{12, 4 * 2 * all});
  totals const last = totals_of(io::make_plan(tiny(), {.micro_batches = 4, .no_sync = true}));
  CHECK(last.at({gather, "dp", "forward"}) == each.at({gather, "dp", "forward"}));
  CHECK(last.at({scatter, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{3, 2 * all});
}

TEST_CASE("DDP reduces every gradient once, in buckets of 25 MiB but for the first", "[plan][strategies]") {
  totals const got = totals_of(io::make_plan(tiny(), {.by = strategy::ddp}));
  REQUIRE(got.size() == 1);
  CHECK(got.at({reduce, "dp", "backward"}).second == 2 * all);
  totals const compressed = totals_of(io::make_plan(tiny(), {.by = strategy::ddp, .param_dtype = cf::bf16, .reduce_dtype = cf::f16}));
  CHECK(compressed.at({reduce, "dp", "backward"}) == got.at({reduce, "dp", "backward"}));
  CHECK(refusal({.by = strategy::ddp, .reduce_dtype = cf::f32}) ==
        "ddp: reduces gradients in the dtype of the parameters, or compresses them to float16 or bfloat16, not to float32");
}

TEST_CASE("frozen parameters are gathered and not reduced", "[plan][strategies]") {
  totals const got = totals_of(io::make_plan(tiny(), {.trainable = "^model\\.layers\\.1\\."}));
  CHECK(got.at({gather, "dp", "forward"}) == std::pair<std::size_t, std::size_t>{3, 2 * all});
  CHECK(got.at({scatter, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{1, 2 * layer});
  totals const replicated = totals_of(io::make_plan(tiny(), {.by = strategy::ddp, .trainable = "^model\\.layers\\.1\\."}));
  CHECK(replicated.at({reduce, "dp", "backward"}).second == 2 * layer);
  CHECK(refusal({.trainable = "no_such_name"}) == "--trainable: no parameter has such a name, so that nothing would be trained");
  CHECK(refusal({.trainable = "("}).starts_with("--trainable: '(' is no regular expression"));
}

// Norms are read as bytes of 2; AdamW's states are 2 of the same dtype, or 12 bytes an element in DeepSpeed and Megatron.
TEST_CASE("memory between steps is that of the table in memory.hpp", "[plan][memory]") {
  CHECK(io::make_plan(tiny(), {.by = strategy::ddp}).memory == io::rank_memory{2 * all, 2 * all, 4 * all});
  CHECK(io::make_plan(tiny(), {}).memory == io::rank_memory{2 * all / 8, 2 * all / 8, 4 * all / 8});
  io::rank_memory const frozen = io::make_plan(tiny(), {.trainable = "layers.1.mlp"}).memory;
  std::size_t const trained = 3 * 1408 * 512;
  CHECK(frozen == io::rank_memory{2 * all / 8, 2 * trained / 8, 4 * trained / 8});
}

TEST_CASE("what cannot be combined is refused with the reason", "[plan][strategies]") {
  CHECK(refusal({.by = strategy::hsdp}) == "hsdp: shards over the axis fsdp and replicates over dp; the mesh must have both");
  CHECK(refusal({.mesh = {{axis::fsdp, 8}}, .by = strategy::ddp}) ==
        "ddp: the axis fsdp is not planned with it: it shards no parameters over it; call the axis dp");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::tp, 2}}}) == "--batch: is missing; tp sends activations");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::tp, 3}}, .batch = 1, .seq_len = 64}) == "tp: 3 ranks do not divide 8 heads");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::ep, 2}}, .batch = 1, .seq_len = 64}) == "ep: the model has no routed experts");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::pp, 3}}, .batch = 1, .seq_len = 64}) == "pp: there are 3 stages, but 2 layers");
  CHECK(refusal({.units = {{"layer", "norm"}}}) == "--units: each layer is a unit of its own; 'layer' stands alone");
  CHECK(refusal({.units = {{"norm"}, {"norm", "head"}}}) == "--units: 'norm' stands there twice");
  CHECK(refusal({.units = {{"experts"}}}) == "--units: the model has no 'experts' outside of its layers");
  CHECK(refusal({.micro_batches = 0}) == "--micro-batches: must be positive, and is 0");
  CHECK(refusal({.micro_batches = 3, .batch = 4}) == "--micro-batches: 3 do not divide a batch of 4");
}
