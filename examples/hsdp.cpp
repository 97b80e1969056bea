// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under HSDP: sharded over 8 ranks, as of one machine, in 4 replicas. Parameters are
// float32, gathered in bfloat16 and reduced in float32.
#include "steps/decoder.hpp"
#include "transformer.hpp"

#include <cstdio>

namespace cf = commfold;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::f32, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr steps::mesh machines{cf::process_group<"replicate", 4>{}, cf::process_group<"shard", 8>{}, steps::no_axis{}};
constexpr steps::options mixed{.data = {.param_dtype = cf::bf16, .reduce_dtype = cf::f32}};
constexpr auto traffic = cf::trace(steps::train, llama_3_8b{}, machines, mixed);

// Between machines each rank reduces its shard with its replicas: an eighth of the gradients.
constexpr auto between = traffic.total([](cf::call_record const& call) { return call.group() == "replicate"; });
static_assert(between.calls == 33);
static_assert(between.message_bytes == 4 * eight_billion / 8);

static_assert(cf::within(traffic, {.message_bytes = {.at_least = 60_GB, .at_most = 70_GB}, .calls = {.at_most = 150}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
