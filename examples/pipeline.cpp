// SPDX-License-Identifier: BSL-1.0
// What one rank of a pipeline communicates: a model of Llama-3-70B's sizes in 4 stages of 20 layers under 1F1B, each stage sharded by FSDP2
// over 16 ranks, 8 micro-batches of one sequence.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel.hpp>

#include <cstdio>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
namespace pipeline = cf::parallel::pipeline;

using stage = transformer::llama<cf::bf16, 20, 128256, 8192, 28672, 8192, 1024>;  // of which a stage in the middle has the layers
constexpr cf::tensor<cf::bf16, 1, 4096, 8192> activation{};
constexpr std::size_t micro_batches = 8, layers = 20;

constexpr auto step = [](auto& comm, auto const& model, auto const& pp, auto const& dp, std::size_t rank) {
  fsdp::sharded_model units(fsdp::fully_shard(fsdp::each(model.layers)), fsdp::policy{.reshard_after_forward = false}, fsdp::mesh{dp});
  pipeline::schedule const schedule(pipeline::schedule_kind::one_f_one_b, pp.size, 1, micro_batches);
  pipeline::play(comm, schedule, rank, pp, activation, [&](pipeline::action one) {
    using pipeline::what;
    // Nothing is reduced before the end of the step, and what is gathered stays whole.
    if (one.what == what::forward) units.forward(comm);
    if (one.what == what::full_backward) units.backward(comm, {.requires_gradient_sync = false, .reshard_after_backward = false});
    if (one.what == what::reduce_grad) units.reduce_gradients(comm);
  });
};

constexpr cf::process_group<"pp", 4> pp;
constexpr cf::process_group<"dp", 16> dp;
constexpr auto traffic = cf::trace(step, stage{}, pp, dp, cf::size_c<1>);

// Activations forward and gradients back, over the boundaries before and behind the stage.
constexpr std::size_t boundary = 4096 * 8192 * 2;
static_assert(traffic.total({.group = "pp"}).message_bytes == 2 * 2 * micro_batches * boundary);

// Each layer is gathered once and reduced once: keys and values have 1024 columns, the feed-forward 28672.
constexpr std::size_t layer = 2 * 8192 + 2 * 8192 * 8192 + 2 * 1024 * 8192 + 3 * 28672 * 8192;
static_assert(traffic.total({.group = "dp"}).message_bytes == 2 * layers * layer * 2);
static_assert(cf::within(traffic.slice({.group = "pp"}), {.calls = {.at_most = 4 * micro_batches}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
