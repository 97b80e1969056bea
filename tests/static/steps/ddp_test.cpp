// SPDX-License-Identifier: BSL-1.0
// DDP while compiling. The numbers are those of ddp_w8_pyhook_fp32_bucket8MB in torch_steps.jsonl.
#include <examples/steps/ddp.hpp>
#include <examples/transformer.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>
#include <tuple>

namespace cf = commfold;

namespace {

using tiny = transformer::llama<cf::f32, 2, 32000, 512, 1408, 512, 128>;
constexpr cf::process_group<"world", 8> world;
constexpr std::tuple<> no_buffers;

static_assert(emits([](auto& comm) { ddp::init(comm, tiny{}, no_buffers, world); },
                    {{"c10d::allgather_", {8, 64, 64}},
                     {"c10d::broadcast_", {592, 592, 592}},
                     {"c10d::broadcast_", {153'626'624, 153'626'624, 153'626'624}}}));

constexpr auto step(std::size_t steps_before) {
  return [=](auto& comm) { ddp::train(comm, tiny{}, no_buffers, world, ddp::capped(8), steps_before); };
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

// No row has buffers; by hand: two of float32 travel together, the counter by itself, before the gradients of every step.
struct statistics {
  cf::tensor<cf::f32, 64> mean, variance;
  cf::tensor<cf::i64, 1> batches;
};
using one_weight = std::tuple<cf::tensor<cf::f32, 64, 64>>;
static_assert(emits([](auto& comm) { ddp::train(comm, one_weight{}, statistics{}, world, ddp::options{}, 0); },
                    {{"c10d::broadcast_", {512, 512, 512}}, {"c10d::broadcast_", {8, 8, 8}}, {"c10d::allreduce_", {16384, 16384, 16384}}}));

// A bucket takes what reaches its limit, and no more; every dtype has its own; the last are as full as they are.
constexpr bool buckets_are_filled_in_order() {
  using cf::f32, cf::f16;
  // float32: 1 + 2 reach 12 bytes, 4 + 5 reach 20, and 1 is left. float16: 7 reach 12 bytes, and 1 is left.
  auto const full = ddp::buckets_of({{f32, 1}, {f32, 2}, {f16, 7}, {f32, 4}, {f16, 1}, {f32, 5}, {f32, 1}}, 12, 20);
  return full.size() == 5 && full[0].elements == 3 && full[1].elements == 7 && full[2].elements == 9 && full[3].elements == 1 &&
         full[3].dtype == f32 && full[4].elements == 1 && full[4].dtype == f16;
}
static_assert(buckets_are_filled_in_order());

}  // namespace
