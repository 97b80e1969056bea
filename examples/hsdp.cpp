// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under HSDP: sharded over 8 ranks, as of one machine, in 4 replicas. Parameters are
// float32, gathered in bfloat16 and reduced in float32. Of four micro-batches the last one alone reduces over the replicas.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstdio>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::f32, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr auto step = [](auto& comm, auto const& m, auto const& machine, auto const& replicas) {
  fsdp::policy const mixed{.param_dtype = cf::bf16, .reduce_dtype = cf::f32};
  fsdp::sharded_model model(fsdp::fully_shard(m.embed, fsdp::each(m.layers), m.norm, m.head), mixed, fsdp::mesh{machine, replicas});
  constexpr int micro_batches = 4;
  for (int micro = 0; micro != micro_batches; ++micro) {
    comm.phase("forward", [&] { model.forward(comm); });
    comm.phase("backward", [&] { model.backward(comm, {.requires_all_reduce = micro + 1 == micro_batches}); });
  }
  comm.phase("clip", [&] { model.clip(comm); });
};
constexpr auto traffic = cf::trace(step, llama_3_8b{}, cf::process_group<"machine", 8>{}, cf::process_group<"replicas", 4>{});

// Between machines each rank reduces its shard with its replicas, once: an eighth of the gradients.
constexpr auto between = traffic.total([](cf::call_record const& call) { return call.group() == "replicas"; });
static_assert(between.calls == 33);
static_assert(between.message_bytes == 4 * eight_billion / 8);

static_assert(cf::within(traffic, {.message_bytes = {.at_least = 240_GB, .at_most = 260_GB}, .calls = {.at_most = 500}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
