// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under DDP over 8 ranks, once its buckets are rebuilt.
#include "steps/ddp.hpp"
#include "transformer.hpp"

#include <cstdio>
#include <tuple>

namespace cf = commfold;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr cf::process_group<"world", 8> world;
constexpr std::size_t steps_before = 2;
constexpr auto traffic = cf::trace(ddp::train, llama_3_8b{}, std::tuple<>{}, world, ddp::options{}, steps_before);

// Buckets cut no parameter and pad none: every gradient is reduced once.
static_assert(traffic.message_bytes() == 2 * eight_billion);
static_assert(cf::within(traffic, {.message_bytes = {.at_least = 16_GB, .at_most = 17_GB}, .calls = {.at_most = 250}}));

// The constructor's calls: how many parameters, what sizes and strides, and the model itself.
constexpr auto constructor = cf::trace(ddp::init, llama_3_8b{}, std::tuple<>{}, world);
constexpr std::size_t parameters = 32 * 9 + 3;
constexpr std::size_t norms = 32 * 2 + 1;
static_assert(constructor.message_bytes() == 8 * 8 + (2 * 2 * parameters - 2 * norms) * 8 + 2 * eight_billion);

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
