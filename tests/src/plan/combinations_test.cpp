// SPDX-License-Identifier: BSL-1.0
// Which strategies, axes, options and models are not planned together, and in which words.
#include <src/input_error.hpp>
#include <src/model_config.hpp>
#include <src/plan/plan.hpp>
#include <src/safetensors.hpp>

#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
namespace io = commfold::io;
using Catch::Matchers::StartsWith;
using io::axis;
using io::strategy;

namespace {

io::model tiny() { return io::read_model_config(std::string(COMMFOLD_MODELS) + "/tiny.json"); }
io::model published(std::string const& name) {
  return io::read_model_config(std::string(COMMFOLD_TEST_DATA) + "/models/" + name + ".json");
}

/// A layer with experts, the embedding, and a norm outside of the layers.
io::model checkpoint() {
  return io::model_of_tensors("model.safetensors", {{"model.embed_tokens.weight", cf::bf16, {64, 32}, 0},
                                                    {"model.norm.weight", cf::bf16, {32}, 0},
                                                    {"model.layers.0.mlp.experts.0.up_proj.weight", cf::bf16, {64, 32}, 0},
                                                    {"model.layers.0.mlp.experts.1.up_proj.weight", cf::bf16, {64, 32}, 0}});
}

std::string refusal(io::model const& of, io::plan_options with) {
  with.pad = with.by == strategy::fsdp2;
  try {
    (void)io::make_plan(of, with);
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}
std::string refusal(io::plan_options const& with) { return refusal(tiny(), with); }

/// Over `mesh`, with the sizes of activations.
io::plan_options over(io::plan_mesh const& mesh, strategy by = strategy::fsdp2) {
  return {.mesh = mesh, .by = by, .batch = 4, .seq_len = 64};
}

}  // namespace

TEST_CASE("a strategy refuses the axes that it does not have", "[plan][combinations]") {
  auto const with = [](strategy by, axis a) { return refusal(over({{axis::dp, 2}, {a, 2}}, by)); };
  CHECK(with(strategy::ddp, axis::fsdp) == "ddp: the axis fsdp is not planned with it: it shards no parameters over it; call the axis dp");
  CHECK(with(strategy::ddp, axis::ep) == "ddp: the axis ep is not planned with it: DDP reduces all gradients over one group");
  CHECK_THAT(with(strategy::megatron, axis::cp), StartsWith("megatron: the axis cp is not planned with it: Megatron's is that of"));
  CHECK_THAT(with(strategy::megatron, axis::ep), StartsWith("megatron: the axis ep is not planned with it: Megatron's dispatchers"));
  CHECK_THAT(with(strategy::fsdp1, axis::fsdp), StartsWith("fsdp1: the axis dp is not planned with it: its hybrid shards"));
  CHECK(refusal({.by = strategy::hsdp}) == "hsdp: shards over the axis fsdp and replicates over dp; the mesh must have both");
  for (axis const a : {axis::tp, axis::cp, axis::ep, axis::pp})
    CHECK_THAT(with(strategy::fsdp1, a), StartsWith("fsdp1: the axis " + std::string(io::name_of(a)) + " is not planned with it: "));
  for (strategy const by : {strategy::zero1, strategy::zero2, strategy::zero3})
    for (axis const a : {axis::fsdp, axis::tp, axis::cp, axis::ep, axis::pp}) {
      std::string const words = std::string(io::name_of(by)) + ": the axis " + std::string(io::name_of(a)) + " is not planned with it: ";
      if (by == strategy::zero1 && a == axis::pp)
        CHECK(with(by, a) == "nothing was refused");
      else
        CHECK_THAT(with(by, a), StartsWith(words));
    }
}

TEST_CASE("options are refused where they say nothing", "[plan][combinations]") {
  CHECK(refusal({.by = strategy::ddp, .reshard_after_forward = false}) == "ddp: --no-reshard-after-forward is of FSDP");
  CHECK(refusal({.by = strategy::megatron, .units = {{"embed"}}}) == "megatron: --units is of FSDP");
  CHECK_THROWS_WITH(io::make_plan(tiny(), {.by = strategy::ddp, .pad = true}), "ddp: --pad is of FSDP");
  CHECK(refusal({.by = strategy::zero1, .no_sync = true}) == "zero1: --no-sync: it always reduces in the last micro-batch alone");
  CHECK(refusal({.by = strategy::zero2, .no_sync = true}) ==
        "zero2: --no-sync: gradients that are sharded are reduced in every micro-batch");
  CHECK_THAT(refusal({.by = strategy::zero2, .reduce_dtype = cf::f32}), StartsWith("zero2: reduces gradients in what is computed in"));
  CHECK_THAT(refusal({.by = strategy::zero3, .checkpointing = true}), StartsWith("zero3: --checkpointing: what stage 3 gathers once more"));
  CHECK(refusal({.loss_parallel = true}) == "--loss-parallel: is over the ranks of tp, and there is one");
  CHECK(refusal({.sequence_parallel = true}) == "--sequence-parallel: is over the ranks of tp, and there is one");
  CHECK(refusal({.schedule = "1f1b"}) == "--schedule: is that of a pipeline, and there is none");
  CHECK(refusal({.stages_per_rank = 1}) == "--stages-per-rank: is that of a pipeline, and there is none");
  CHECK(refusal({.pipeline_rank = 1}) == "--pipeline-rank: is 1, and there is no pipeline");
  io::plan_options loss = over({{axis::dp, 2}, {axis::tp, 2}}, strategy::megatron);
  loss.loss_parallel = true;
  CHECK(refusal(loss) == "megatron: --loss-parallel: its loss is always computed on parts");
  io::plan_options piped = over({{axis::dp, 2}, {axis::pp, 2}});
  piped.no_sync = true;
  CHECK(refusal(piped) == "--no-sync: a pipeline reduces at the end of a step without it");
  piped.no_sync = false;
  piped.schedule = "zbv";
  piped.stages_per_rank = 1;
  CHECK(refusal(piped) == "--schedule: ZBVZeroBubble: has two stages a rank, not 1");
}

TEST_CASE("units are refused that are none", "[plan][combinations]") {
  CHECK(refusal({.units = {{"layer", "norm"}}}) == "--units: each layer is a unit of its own; 'layer' stands alone");
  CHECK(refusal({.units = {{"norm"}, {"norm", "head"}}}) == "--units: 'norm' stands there twice");
  CHECK(refusal({.units = {{"embed", "norm"}}}) ==
        "--units: 'embed' and 'norm' stand on both sides of the layers; what is around them is the root");
  CHECK(refusal({.units = {{"experts"}}}) == "--units: the model has no 'experts' outside of its layers");
}

TEST_CASE("sizes of activations are refused where they are missing or do not divide", "[plan][combinations]") {
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::tp, 2}}}) == "--batch: is missing; tp sends activations");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::tp, 3}}, .batch = 1, .seq_len = 64}) ==
        "tp: 3 ranks do not divide the 32000 tokens of 'model.embed_tokens.weight'");
  CHECK(refusal({.mesh = {{axis::tp, 16}}, .batch = 1, .seq_len = 64}) == "tp: 16 ranks do not divide 8 heads");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::ep, 2}}, .batch = 1, .seq_len = 64}) == "ep: the model has no routed experts");
  CHECK(refusal({.mesh = {{axis::dp, 2}, {axis::pp, 3}}, .batch = 1, .seq_len = 64}) == "pp: there are 3 stages, but 2 layers");
  CHECK(refusal({.micro_batches = 0}) == "--micro-batches: must be positive, and is 0");
  CHECK(refusal({.micro_batches = 3, .batch = 4}) == "--micro-batches: 3 do not divide a batch of 4");
}

TEST_CASE("a model without a dtype is refused unless one is given", "[plan][combinations]") {
  io::model of = tiny();
  of.dtype.reset();
  of.without_dtype = "config.json: the key 'torch_dtype' is missing";
  CHECK(refusal(of, {}) == of.without_dtype);
  CHECK(refusal(of, {.param_dtype = cf::bf16}) == "nothing was refused");
}

TEST_CASE("frozen parameters are refused beside axes that send gradients of activations", "[plan][combinations]") {
  for (axis const a : {axis::tp, axis::cp, axis::pp}) {
    io::plan_options with = over({{axis::dp, 2}, {a, 2}});
    with.trainable = "mlp";
    CHECK(refusal(with) ==
          "--trainable: which gradients of activations " + std::string(io::name_of(a)) + " sends beside frozen parameters is not known");
  }
  io::plan_options experts = over({{axis::fsdp, 2}, {axis::ep, 2}});
  experts.trainable = "mlp";
  CHECK(refusal(published("deepseek-v2-lite"), experts) ==
        "--trainable: which gradients of activations ep sends beside frozen parameters is not known");
}

TEST_CASE("gradients that no call is known to add up are refused", "[plan][combinations]") {
  io::model const qwen = published("qwen3-0.6b");
  io::plan_mesh const mesh{{axis::dp, 2}, {axis::tp, 2}};
  CHECK(refusal(qwen, over(mesh)) == "nothing was refused");
  CHECK(refusal(qwen, over(mesh, strategy::ddp)) ==
        "ddp: the gradient of 'self_attn.q_norm.weight' is a sum over tp that it is not known to make; fsdp2 makes it");
  CHECK(refusal(qwen, over(mesh, strategy::megatron)) ==
        "megatron: the gradient of 'self_attn.q_norm.weight' is a sum over tp that it is not known to make; --sequence-parallel makes it");
  io::plan_options parts = over(mesh, strategy::megatron);
  parts.sequence_parallel = true;
  CHECK(refusal(qwen, parts) == "nothing was refused");
  parts.by = strategy::ddp;
  CHECK_THAT(refusal(parts), StartsWith("ddp: --sequence-parallel leaves gradients of norms that DDP does not sum"));

  io::model gpt2 = published("gpt2");
  gpt2.tree.outside.at(0).parameters.at(0).shape.at(0) = 50'304;  // 50 257 is odd
  CHECK(refusal(gpt2, over(mesh)) == "nothing was refused");
  parts.by = strategy::fsdp2;
  CHECK(refusal(gpt2, parts) ==
        "--sequence-parallel: the gradient of 'transformer.wpe.weight' is a sum over tp that no strategy is known to make");
}

TEST_CASE("models are refused that the axes cannot share out", "[plan][combinations]") {
  io::plan_mesh const tensor{{axis::dp, 2}, {axis::tp, 2}}, experts{{axis::fsdp, 2}, {axis::ep, 2}};
  CHECK(refusal(published("deepseek-v2-lite"), over(tensor)) == "tp: experts are not cut; share them out by ep, without tp");
  io::model latent = published("deepseek-v2-lite");
  for (io::layer_stack& stack : latent.tree.stacks)
    for (io::module& kind : stack.kinds) std::erase_if(kind.parameters, [](io::parameter const& p) { return p.experts != 0; });
  CHECK(refusal(latent, over(tensor)) == "tp: latent attention is not cut; plan it with fsdp, cp, ep and pp");
  CHECK_THAT(refusal(published("olmo-2-7b"), over(tensor)), StartsWith("tp: 'self_attn.q_norm.weight' is for all heads at once"));
  CHECK(refusal(published("phi-3-medium"), over({{axis::tp, 4}})) ==
        "tp: 4 ranks do not divide 10 heads of keys and values, which stand in one matrix with the queries");
  io::model unknown = tiny();
  unknown.tree.stacks.at(0).kinds.at(0).parameters.push_back({.name = "mlp.mixer.weight", .shape = {512, 512}});
  CHECK(refusal(unknown, over(tensor)) == "tp: nothing says how 'mlp.mixer.weight' is cut over ranks");
  CHECK(refusal(published("qwen3-0.6b"), over({{axis::dp, 2}, {axis::pp, 2}})) ==
        "pp: the head is the embedding, which the first and the last stage would both hold");

  io::plan_options uneven = over(experts);
  uneven.seq_len = 3;
  uneven.batch = 1;
  CHECK(refusal(published("deepseek-v2-lite"), uneven) ==
        "ep: 3 tokens of a micro-batch, to 6 experts each, do not go evenly to 64 experts");
  CHECK(refusal(published("deepseek-v2-lite"), over({{axis::fsdp, 2}, {axis::ep, 3}})) == "ep: 3 ranks do not divide 64 experts");

  CHECK_THAT(refusal(checkpoint(), over(tensor)), StartsWith("tp: a checkpoint does not say how many heads"));
  CHECK(refusal(checkpoint(), over(experts)) == "ep: nothing says how many experts a token uses ('num_experts_per_tok')");
  CHECK_THAT(refusal(checkpoint(), over({{axis::fsdp, 2}, {axis::cp, 2}})), StartsWith("cp: a checkpoint does not say how many heads"));
  CHECK_THAT(refusal(checkpoint(), over({{axis::fsdp, 2}, {axis::pp, 2}})), StartsWith("pp: a checkpoint does not say on which side"));
}
