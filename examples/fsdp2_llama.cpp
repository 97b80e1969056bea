// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under FSDP2 over 8 ranks: asserted while compiling, printed at run time.
#include "fsdp2.hpp"
#include "transformer.hpp"

#include <cstdio>

namespace cf = commfold;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;
static_assert(transformer::parameters(llama_3_8b{}) == eight_billion);

constexpr cf::process_group<"dp", 8> dp;
constexpr auto traffic = cf::trace(fsdp2::step, llama_3_8b{}, dp, fsdp2::options{});

// Every parameter is gathered once for the forward and reduced once; the layers are gathered once more for the backward.
constexpr std::size_t root = (2 * 128256 * 4096 + 4096) * 2;
static_assert(traffic.calls() == 33 + 32 + 33);
static_assert(traffic.message_bytes() == 3 * 2 * eight_billion - root);

constexpr auto backward = traffic.total([](cf::call_record const& call) { return call.phase() == "backward"; });
static_assert(backward.message_bytes == 2 * 2 * eight_billion - root);

static_assert(cf::within(traffic, {.message_bytes = {.at_least = 1_GB, .at_most = 47_GB}, .calls = {.at_most = 100}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
