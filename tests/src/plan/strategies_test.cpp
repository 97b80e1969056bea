// SPDX-License-Identifier: BSL-1.0
// Plans of strategies over data alone, against sums that are worked out by hand here.
//
// The tiny model: 2 layers of hidden size 512, feed-forward 1408, 8 heads of 64 with 2 of keys and values, 32000 words, bfloat16. A layer
// has 2 norms of 512, queries and outputs of 512 x 512, keys and values of 128 x 512, three matrices of 1408 x 512: 2 819 072 elements. The
// embedding and the head have 16 384 000 each, the last norm 512. In all 38 406 656.
#include <src/input_error.hpp>
#include <src/model_config.hpp>
#include <src/plan/plan.hpp>
#include <src/safetensors.hpp>

#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

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

// Autocast computes in bfloat16 and leaves the parameters, and so their gradients, in float32; DeepSpeed and Megatron convert them.
TEST_CASE("gradients have the dtype of the parameters that are held", "[plan][strategies]") {
  io::model float32 = tiny();
  float32.dtype = cf::f32;
  auto const reduced = [&](strategy by) {
    io::plan const made = io::make_plan(float32, {.by = by, .param_dtype = cf::bf16});
    return std::pair(totals_of(made).at({reduce, "dp", "backward"}).second, made.memory.parameters);
  };
  CHECK(reduced(strategy::ddp) == std::pair<std::size_t, std::size_t>{4 * all, 4 * all});
  CHECK(reduced(strategy::zero1) == std::pair<std::size_t, std::size_t>{2 * all, 2 * all});
  CHECK(reduced(strategy::megatron) == std::pair<std::size_t, std::size_t>{4 * all, 2 * all});

  // Each dtype of a checkpoint has buckets of its own, unless a hook compresses them all.
  io::model const mixed = io::model_of_tensors(
      "model.safetensors", {{"model.layers.0.up.weight", cf::bf16, {64, 32}, 0}, {"model.layers.0.norm.weight", cf::f32, {32}, 0}});
  io::plan_options with{.by = strategy::ddp, .param_dtype = cf::bf16};
  CHECK(totals_of(io::make_plan(mixed, with)).at({reduce, "dp", "backward"}) ==
        std::pair<std::size_t, std::size_t>{2, 64 * 32 * 2 + 32 * 4});
  with.reduce_dtype = cf::bf16;
  CHECK(totals_of(io::make_plan(mixed, with)).at({reduce, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{2, (64 * 32 + 32) * 2});
  with.by = strategy::zero1;
  CHECK(totals_of(io::make_plan(mixed, with)).at({reduce, "dp", "backward"}).second == (64 * 32 + 32) * 2);
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

// Activations of 2 sequences of 64 tokens: 2 * 64 * 512 elements, 131 072 bytes.
TEST_CASE("tensor parallelism sends activations between the gathers", "[plan][strategies]") {
  constexpr std::size_t x = 2 * 64 * 512 * 2;
  totals const got = totals_of(io::make_plan(tiny(), {.mesh = {{axis::fsdp, 4}, {axis::tp, 2}}, .batch = 2, .seq_len = 64}));
  constexpr char const *sum = "_c10d_functional::all_reduce", *all_gather = "_c10d_functional::all_gather_into_tensor";
  // Half of each matrix, and the norms: 5 of 512.
  std::size_t const held = (all - 5 * 512) / 2 + 5 * 512;
  CHECK(got.at({gather, "fsdp", "forward"}) == std::pair<std::size_t, std::size_t>{3, 2 * held});
  // The embedding and two blocks in each of two layers; then all logits.
  CHECK(got.at({sum, "tp", "forward"}) == std::pair<std::size_t, std::size_t>{5, 5 * x});
  CHECK(got.at({all_gather, "tp", "forward"}) == std::pair<std::size_t, std::size_t>{1, 2 * 64 * 32000 * 2});
  // One for the head, five for each layer's column-wise projections.
  CHECK(got.at({sum, "tp", "backward"}) == std::pair<std::size_t, std::size_t>{11, 11 * x});

  // Units are called after their first name: with the norm as the second one, the head still makes its calls.
  totals const swapped = totals_of(io::make_plan(
      tiny(), {.mesh = {{axis::fsdp, 4}, {axis::tp, 2}}, .units = {{"layer"}, {"embed"}, {"head", "norm"}}, .batch = 2, .seq_len = 64}));
  CHECK(swapped.at({all_gather, "tp", "forward"}) == got.at({all_gather, "tp", "forward"}));
  CHECK(swapped.at({sum, "tp", "forward"}) == got.at({sum, "tp", "forward"}));
  CHECK(swapped.at({sum, "tp", "backward"}) == got.at({sum, "tp", "backward"}));

  totals const sequence =
      totals_of(io::make_plan(tiny(), {.mesh = {{axis::fsdp, 4}, {axis::tp, 2}}, .batch = 2, .seq_len = 64, .sequence_parallel = true}));
  CHECK(sequence.at({"_c10d_functional::reduce_scatter_tensor", "tp", "forward"}) == std::pair<std::size_t, std::size_t>{5, 5 * x});
  // The gradients of five norms.
  CHECK(sequence.at({sum, "tp", "backward"}) == std::pair<std::size_t, std::size_t>{5, 5 * 512 * 2});
  // 2 heads of keys and values on 4 ranks: both are gathered in each layer.
  totals const gathered = totals_of(io::make_plan(tiny(), {.mesh = {{axis::tp, 4}}, .batch = 2, .seq_len = 64, .loss_parallel = true}));
  CHECK(gathered.at({all_gather, "tp", "forward"}) == std::pair<std::size_t, std::size_t>{4, 4 * 2 * 64 * 128 * 2});
}

TEST_CASE("Megatron has one gradient of a block's input, and sums gradients in float32", "[plan][strategies]") {
  constexpr std::size_t x = 2 * 64 * 512 * 2;
  totals const got = totals_of(io::make_plan(
      tiny(), {.mesh = {{axis::dp, 4}, {axis::tp, 2}}, .by = strategy::megatron, .micro_batches = 2, .batch = 4, .seq_len = 64}));
  std::size_t const held = (all - 5 * 512) / 2 + 5 * 512;
  // Of each micro-batch the embedding and four blocks, and three numbers for each token; back the head and four blocks.
  CHECK(got.at({reduce, "tp", "forward"}) == std::pair<std::size_t, std::size_t>{2 * 8, 2 * (5 * x + 3 * 2 * 64 * 4)});
  CHECK(got.at({reduce, "tp", "backward"}) == std::pair<std::size_t, std::size_t>{2 * 5, 2 * 5 * x});
  CHECK(got.at({reduce, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{1, 4 * held});
}

// A rank sees its part of the tokens, so the gradients of all that every rank has whole are sums over tp: norms, and biases that are added
// to a sum over ranks. A bias of queries is cut, and its gradient is whole.
TEST_CASE("Megatron sums gradients of norms and biases over tp under sequence parallelism", "[plan][strategies]") {
  io::model biased = tiny();
  for (io::module& kind : biased.tree.stacks.at(0).kinds)
    for (char const* const name : {"self_attn.q_proj.bias", "self_attn.o_proj.bias"})
      kind.parameters.push_back({.name = name, .shape = {512}});
  totals const got = totals_of(io::make_plan(
      biased, {.mesh = {{axis::dp, 4}, {axis::tp, 2}}, .by = strategy::megatron, .batch = 2, .seq_len = 64, .sequence_parallel = true}));
  // Two norms and a bias of each layer and the last norm, once a step in float32.
  CHECK(got.at({reduce, "tp", "backward"}) == std::pair<std::size_t, std::size_t>{1, (2 * 3 + 1) * 512 * 4});
}

TEST_CASE("stages of a pipeline hand on activations and hold their layers", "[plan][strategies]") {
  constexpr std::size_t x = 64 * 512 * 2;  // of one sequence
  io::plan_options with{.mesh = {{axis::pp, 2}, {axis::dp, 2}}, .by = strategy::ddp, .micro_batches = 4, .batch = 4, .seq_len = 64};
  io::plan const first = io::make_plan(tiny(), with);
  with.pipeline_rank = 1;
  io::plan const last = io::make_plan(tiny(), with);
  CHECK(totals_of(first).at({"c10d::send", "pp", "pipeline"}) == std::pair<std::size_t, std::size_t>{4, 4 * x});
  CHECK(totals_of(first).at({"c10d::recv_", "pp", "pipeline"}) == std::pair<std::size_t, std::size_t>{4, 4 * x});
  CHECK(totals_of(first).at({reduce, "dp", "pipeline/backward"}).second == 2 * (embed + layer));
  CHECK(totals_of(last).at({reduce, "dp", "pipeline/backward"}).second == 2 * (embed + layer + norm));
  CHECK(first.memory == io::rank_memory{2 * (embed + layer), 2 * (embed + layer), 4 * (embed + layer)});
  with.pipeline_rank = 2;
  CHECK(refusal(with) == "--pipeline-rank: is 2, and pp has 2 ranks");
  with.pipeline_rank = 0;
  with.schedule = "dualpipev";
  CHECK(refusal(with).starts_with("pp: there are 4 stages, but 2 layers"));
  with.schedule = "2f2b";
  CHECK(refusal(with).starts_with("--schedule: '2f2b' is none; there are gpipe, "));
}

// 8 heads of 64 on 4 ranks, each with 16 of 64 tokens: keys and values of all heads side by side have 2 * 2 * 8 * 16 * 64 = 32 768
// elements.
TEST_CASE("context parallelism shards over dp and cp, and sends keys and values around", "[plan][strategies]") {
  totals const got = totals_of(io::make_plan(tiny(), {.mesh = {{axis::fsdp, 2}, {axis::cp, 4}}, .batch = 2, .seq_len = 64}));
  CHECK(got.at({gather, "fsdp_cp", "forward"}) == std::pair<std::size_t, std::size_t>{3, 2 * all});
  CHECK(got.at({"_c10d_functional::all_gather_into_tensor", "cp", "forward"}) ==
        std::pair<std::size_t, std::size_t>{2, 2 * 4 * 32'768 * 2});
  CHECK(got.at({"_c10d_functional::all_to_all_single", "cp", "backward"}).first == 2 * 4);
}

// DeepSeek-V3's latent attention: keys of 128 + 64, values of 128, 128 heads; 61 layers, 2 ranks with 32 of 64 tokens each.
TEST_CASE("keys and values of several widths go around together", "[plan][strategies]") {
  io::model const deepseek = io::read_model_config(std::string(COMMFOLD_TEST_DATA) + "/models/deepseek-v3.json");
  totals const got = totals_of(
      io::make_plan(deepseek, {.mesh = {{axis::fsdp, 2}, {axis::cp, 2}}, .param_dtype = cf::bf16, .pad = true, .batch = 1, .seq_len = 64}));
  CHECK(got.at({"_c10d_functional::all_gather_into_tensor", "cp", "forward"}) ==
        std::pair<std::size_t, std::size_t>{61, 61 * 2 * 128 * 32 * std::size_t{192 + 128} * 2});
}

// Mixtral 8x22B's layers: 8 experts of 3 * 6144 * 16384 elements, of which a token uses 2.
TEST_CASE("expert parallelism shards experts over the other axis, and sends tokens", "[plan][strategies]") {
  io::model const mixtral = io::read_model_config(std::string(COMMFOLD_MODELS) + "/mixtral-8x22b.json");
  totals const got = totals_of(io::make_plan(mixtral, {.mesh = {{axis::fsdp, 2}, {axis::ep, 4}}, .batch = 1, .seq_len = 1024}));
  std::size_t const experts = 56 * std::size_t{2} * 3 * 6144 * 16384;  // of a rank's two
  CHECK(got.at({gather, "fsdp", "forward"}) == std::pair<std::size_t, std::size_t>{56, 2 * experts});
  CHECK(got.at({scatter, "fsdp", "backward"}) == std::pair<std::size_t, std::size_t>{56, 2 * experts});
  CHECK(got.at({gather, "fsdp_ep", "forward"}).second == 2 * (140'620'634'112 - 4 * experts));
  // Counts, there and back; and in the backward there and back.
  CHECK(got.at({"_c10d_functional::all_to_all_single", "ep", "forward"}).first == 3 * 56);
  CHECK(got.at({"_c10d_functional::all_to_all_single", "ep", "backward"}).first == 2 * 56);
}

TEST_CASE("a checkpointed layer sends its tokens again before its experts' gradients", "[plan][strategies]") {
  io::model mixtral = io::read_model_config(std::string(COMMFOLD_MODELS) + "/mixtral-8x22b.json");
  mixtral.tree.stacks.at(0).runs.at(0).count = 1;
  io::plan const made =
      io::make_plan(mixtral, {.mesh = {{axis::fsdp, 2}, {axis::ep, 4}}, .batch = 1, .seq_len = 1024, .checkpointing = true});
  std::vector<std::string> order;
  for (auto const& one : made.calls.calls())
    if (one.phase() == "backward") order.push_back(std::string(one.op()) + " " + std::string(one.group()));
  std::string const layer_gather = "c10d::_allgather_base_ fsdp_ep", expert_gather = "c10d::_allgather_base_ fsdp",
                    layer_scatter = "c10d::_reduce_scatter_base_ fsdp_ep", expert_scatter = "c10d::_reduce_scatter_base_ fsdp",
                    exchange = "_c10d_functional::all_to_all_single ep";
  CHECK(order == std::vector<std::string>{layer_gather, expert_gather,         // the experts ahead of time
                                          exchange, exchange, exchange,        // again: counts, there, back
                                          exchange, expert_scatter, exchange,  // gradients there, of the experts, back
                                          layer_scatter, layer_scatter});      // of the layer and of the root
}

TEST_CASE("ZeRO's stages reduce and gather what they share out", "[plan][strategies]") {
  auto const of = [](strategy s) { return totals_of(io::make_plan(tiny(), {.by = s, .micro_batches = 2})); };
  CHECK(of(strategy::zero1).at({reduce, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{1, 2 * all});
  CHECK(of(strategy::zero2).at({reduce, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{2, 2 * 2 * all});
  CHECK(of(strategy::zero1).at({gather, "dp", "optimizer"}) == std::pair<std::size_t, std::size_t>{1, 2 * all});
  // Norms and keys and values, 128 x 512 elements each, are below 100 000 and stay whole.
  std::size_t const whole = 5 * 512 + 4 * 128 * 512;
  CHECK(of(strategy::zero3).at({gather, "dp", "forward"}) == std::pair<std::size_t, std::size_t>{2 * 4, 2 * 2 * (all - whole)});
  CHECK(of(strategy::zero3).at({gather, "dp", "optimizer"}) == std::pair<std::size_t, std::size_t>{1, 2 * whole});
  CHECK(of(strategy::zero3).at({scatter, "dp", "backward"}) == std::pair<std::size_t, std::size_t>{2, 2 * 2 * all});
}

// Norms are read as bytes of 2; AdamW's states are 2 of the same dtype, or 12 bytes an element in DeepSpeed and Megatron.
TEST_CASE("memory between steps is that of the table in memory.hpp", "[plan][memory]") {
  CHECK(io::make_plan(tiny(), {.by = strategy::ddp}).memory == io::rank_memory{2 * all, 2 * all, 4 * all});
  CHECK(io::make_plan(tiny(), {.by = strategy::zero1}).memory == io::rank_memory{2 * all, 2 * all, 12 * all / 8});
  CHECK(io::make_plan(tiny(), {.by = strategy::zero3}).memory == io::rank_memory{2 * all / 8, 2 * all / 8, 12 * all / 8});
  CHECK(io::make_plan(tiny(), {.by = strategy::megatron}).memory == io::rank_memory{2 * all, 4 * all, 12 * all});
  CHECK(io::make_plan(tiny(), {}).memory == io::rank_memory{2 * all / 8, 2 * all / 8, 4 * all / 8});
  io::rank_memory const frozen = io::make_plan(tiny(), {.trainable = "layers.1.mlp"}).memory;
  std::size_t const trained = 3 * 1408 * 512;
  CHECK(frozen == io::rank_memory{2 * all / 8, 2 * trained / 8, 4 * trained / 8});
}
