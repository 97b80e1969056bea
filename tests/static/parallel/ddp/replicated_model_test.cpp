// SPDX-License-Identifier: BSL-1.0
// DDP while compiling. The numbers are those of ddp_w8_pyhook_fp32_bucket8MB in torch_steps.jsonl.
#include <commfold/parallel/ddp/replicated_model.hpp>

#include <examples/transformer.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

namespace {

using tiny = transformer::llama<cf::f32, 2, 32000, 512, 1408, 512, 128>;
constexpr cf::process_group<"world", 8> world;
constexpr ddp::options capped{.bucket_cap_bytes = 8 << 20};

constexpr auto model_of(ddp::options const& with) { return ddp::replicated_model(ddp::pieces_of(tiny{}), {}, with, world); }

static_assert(emits([](auto& comm) { model_of({}).init(comm); }, {{"c10d::allgather_", {8, 64, 64}},
                                                                  {"c10d::broadcast_", {592, 592, 592}},
                                                                  {"c10d::broadcast_", {153'626'624, 153'626'624, 153'626'624}}}));
static_assert(emits([](auto& comm) { model_of({.init_sync = false}).init(comm); }, {}));

constexpr auto step(std::size_t steps_before, ddp::options const& with = capped) {
  return [=](auto& comm) {
    auto model = model_of(with);
    model.skip_steps(steps_before);
    model.forward(comm);
    model.backward(comm);
  };
}

constexpr bool everything_is_one_bucket_at_first = emits(step(0), {{"c10d::allreduce_", {153'626'624, 153'626'624, 153'626'624}}});
static_assert(everything_is_one_bucket_at_first);

constexpr bool ranks_agree_on_new_buckets_once = emits(step(1), {{"c10d::broadcast_", {88, 88, 88}},
                                                                 {"c10d::broadcast_", {16, 16, 16}},
                                                                 {"c10d::allreduce_", {65'536'000, 65'536'000, 65'536'000}},
                                                                 {"c10d::allreduce_", {8'652'800, 8'652'800, 8'652'800}},
                                                                 {"c10d::allreduce_", {8'392'704, 8'392'704, 8'392'704}},
                                                                 {"c10d::allreduce_", {71'045'120, 71'045'120, 71'045'120}}});
static_assert(ranks_agree_on_new_buckets_once);
static_assert(cf::trace(step(2)).calls() == 4);

// The hooks change what a bucket of the same parameters sends.
static_assert(cf::trace(step(2, {.bucket_cap_bytes = 8 << 20, .comm_hook = {.kind = ddp::hook_kind::fp16_compress}})).message_bytes() ==
              153'626'624 / 2);
static_assert(cf::trace(step(2, {.comm_hook = {.kind = ddp::hook_kind::post_local_sgd, .start_iteration = 2}})).calls() == 0);

// A static graph tells at first which parameters were used, and rebuilds its buckets after two backwards.
constexpr ddp::options is_static{.static_graph = true};
static_assert(cf::trace(step(0, is_static)).calls() == 2 && cf::trace(step(1, is_static)).calls() == 1);
static_assert(cf::trace(step(2, is_static)).total([](cf::call_record const& one) { return one.op() == "c10d::broadcast_"; }).calls == 2);

// Unused parameters: buckets by definition from the start, and the uses after them in every step.
constexpr ddp::options finds_unused{.find_unused_parameters = true};
static_assert(cf::trace(step(0, finds_unused)).message_bytes() == 153'626'624 + 4 * 21);
static_assert(cf::trace(step(5, finds_unused)).message_bytes() == 153'626'624 + 4 * 21);

// Of buffers two of float32 travel together, the counter by itself, before the gradients of every step.
struct statistics {
  cf::tensor<cf::f32, 64> mean, variance;
  cf::tensor<cf::i64, 1> batches;
};
using one_weight = std::tuple<cf::tensor<cf::f32, 64, 64>>;
constexpr auto with_buffers = [](auto& comm) {
  ddp::replicated_model model(ddp::pieces_of(one_weight{}), ddp::pieces_of(statistics{}), {}, world);
  model.forward(comm);
  model.backward(comm, false);
  model.forward(comm);
  model.backward(comm);
};
constexpr bool a_forward_after_no_sync_broadcasts_no_buffers = emits(
    with_buffers, {{"c10d::broadcast_", {512, 512, 512}}, {"c10d::broadcast_", {8, 8, 8}}, {"c10d::allreduce_", {16384, 16384, 16384}}});
static_assert(a_forward_after_no_sync_broadcasts_no_buffers);

// Frozen parameters are broadcast at first and never reduced; a tied one is there once.
constexpr auto of_adapters = [](auto& comm) {
  cf::tensor<cf::bf16, 8, 8> constexpr shared{};
  ddp::replicated_model model(
      ddp::pieces_of(cf::parallel::tied("w", shared), cf::parallel::frozen(cf::tensor<cf::bf16, 100>{}), cf::parallel::tied("w", shared)),
      {}, {}, world);
  model.init(comm);
  model.backward(comm);
};
static_assert(emits(of_adapters, {{"c10d::allgather_", {8, 64, 64}},
                                  {"c10d::broadcast_", {32, 32, 32}},
                                  {"c10d::broadcast_", {328, 328, 328}},
                                  {"c10d::allreduce_", {128, 128, 128}}}));

// Post-local SGD averages all parameters in one tensor, in every second step from the third on.
constexpr std::size_t averaged_in(std::size_t wanted) {
  return cf::trace([=](auto& comm) {
           ddp::periodic_averager{.period = 2, .warmup_steps = 2}.average(comm, ddp::pieces_of(one_weight{}), wanted, world);
         })
      .message_bytes();
}
static_assert(averaged_in(0) == 0 && averaged_in(2) == 16384 && averaged_in(3) == 0 && averaged_in(4) == 16384);

}  // namespace
