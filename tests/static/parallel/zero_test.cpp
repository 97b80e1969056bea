// SPDX-License-Identifier: BSL-1.0
// ZeRO's bytes against the paper's, and by hand: no run of DeepSpeed was measured.
#include <commfold/parallel/zero.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace zero = cf::parallel::zero;

namespace {

constexpr cf::parallel::ddp::piece weight{cf::bf16, 400'000, 2, 1000}, norm{cf::bf16, 1000, 1, 1000}, odd{cf::bf16, 400'001, 1, 400'001};

constexpr auto step = [](auto& comm, auto const& dp, zero::stage of, zero::options const& with, auto const& last_piece) {
  zero::partitioned_model const model(of, {{weight, norm}, {weight}, {last_piece}}, dp, with);
  for (bool const is_last : {false, true}) {
    comm.phase("forward", [&] { model.forward(comm); });
    comm.phase("backward", [&] { model.backward(comm, is_last); });
  }
  comm.phase("step", [&] { model.step(comm); });
};
constexpr auto traced(zero::stage of, zero::options const& with = {}, cf::parallel::ddp::piece const& last_piece = weight) {
  return cf::trace(step, cf::process_group<"dp", 8>{}, of, with, last_piece);
}
constexpr std::size_t all = 1'201'000 * 2;  // bytes

// Two micro-batches: stage 1 reduces once, stages 2 and 3 twice. All parameters are gathered after the step: 1 201 000 is 16 * 75 062.5,
// and is padded to 16 * 75 063; beside them a float32 is reduced.
static_assert(traced(zero::stage::optimizer).message_bytes() == all + 16 * 75'063 * 2 + 4 + 1);
static_assert(traced(zero::stage::gradients).message_bytes() == 2 * all + 16 * 75'063 * 2 + 4 + 1);
// Stage 3 gathers all but the norm twice in each micro-batch, and the norm after the step: the paper's 3 Ψ of one micro-batch.
static_assert(traced(zero::stage::parameters).message_bytes() == 2 * (2 * (all - 2000) + all) + 2000 + 4 + 1);
// With nothing that stays whole.
static_assert(traced(zero::stage::parameters, {.param_persistence_threshold = 0}).message_bytes() == 2 * 3 * all + 4 + 1);

// A gradient that a bucket has no room for opens the next one: four buckets of one, the norm beside a weight.
static_assert(traced(zero::stage::optimizer, {.reduce_bucket_size = 401'000}).calls() == 3 + 3);
// Larger gradients are cut where the parts of 8 ranks meet, at multiples of 150 126. A call takes pieces until it has more than 200 000
// elements: of the first weight 300 252 and 99 748, of the second, which begins at 401 000, 349 630 and 50 370, of the third 249 882 and
// 150 118; and the norm.
static_assert(traced(zero::stage::optimizer, {.reduce_bucket_size = 200'000}).calls() == 2 + 1 + 2 + 2 + 3);
static_assert(traced(zero::stage::optimizer, {.reduce_bucket_size = 200'000}).message_bytes() ==
              traced(zero::stage::optimizer).message_bytes());

// 400 001 elements are 50 001 on each of 8 ranks.
static_assert(traced(zero::stage::parameters, {}, odd).message_bytes() == 2 * (3 * 800'000 * 2 + 2000 + 3 * 50'001 * 8 * 2) + 2000 + 4 + 1);

}  // namespace
