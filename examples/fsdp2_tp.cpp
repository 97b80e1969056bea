// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under FSDP2 with tensor and sequence parallelism: a mesh of 16 machines of 8 ranks.
#include "steps/decoder.hpp"
#include "transformer.hpp"

#include <cstdio>

namespace cf = commfold;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr steps::mesh dp_tp{steps::no_axis{}, cf::process_group<"dp", 16>{}, cf::process_group<"tp", 8>{}};
constexpr steps::options sequence_parallel{
    .tensor = {.tokens = 8192, .key_value_heads = 8, .sequence_parallel = true, .loss_parallel = true}};
constexpr auto traffic = cf::trace(steps::train, llama_3_8b{}, dp_tp, sequence_parallel);

template <class Ledger>
constexpr cf::traffic_totals along(Ledger const& of, std::string_view group) {
  return of.total([&](cf::call_record const& call) { return call.group() == group; });
}

// FSDP2 shards an eighth of every parameter, but the whole norms, which each rank has. It gathers the layers twice and the other parameters
// once, and reduces everything once. Clipping adds two bytes for each parameter: its norm.
constexpr std::size_t of_norms = (32 * 2 + 1) * 4096;
constexpr std::size_t of_rank = (eight_billion - of_norms) / 8 + of_norms;
constexpr std::size_t of_no_layer = 2 * 128256 / 8 * 4096 + 4096;
static_assert(along(traffic, "dp").message_bytes == (3 * of_rank - of_no_layer) * 2 + (32 * 9 + 3) * 2);

static_assert(cf::within(traffic, {.message_bytes = {.at_least = 20_GB, .at_most = 24_GB}, .calls = {.at_most = 500}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
