// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under tensor parallelism over 8 ranks, with and without sequence parallelism.
#include "steps/decoder.hpp"
#include "transformer.hpp"

#include <cstdio>

namespace cf = commfold;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;

constexpr std::size_t length = 8192;
constexpr tensor_parallel::options plain{.tokens = length, .key_value_heads = 8, .loss_parallel = true};
constexpr tensor_parallel::options sharded_tokens{.tokens = length, .key_value_heads = 8, .sequence_parallel = true, .loss_parallel = true};

constexpr steps::mesh tp_alone{steps::no_axis{}, steps::no_axis{}, cf::process_group<"tp", 8>{}};
constexpr auto without_sp = cf::trace(steps::train, llama_3_8b{}, tp_alone, steps::options{.tensor = plain});
constexpr auto with_sp = cf::trace(steps::train, llama_3_8b{}, tp_alone, steps::options{.tensor = sharded_tokens});

template <class Ledger>
constexpr cf::traffic_totals in(Ledger const& traffic, std::string_view phase) {
  return traffic.total([&](cf::call_record const& call) { return call.phase() == phase; });
}
constexpr std::size_t of_activation = length * 4096 * 2;

// In the forward an all-reduce after the embedding and after each of a layer's two row-wise projections; in the backward one for the inputs
// of the head and of each of a layer's five column-wise projections.
static_assert(in(without_sp, "forward").message_bytes == (1 + 32 * 2) * of_activation);
static_assert(in(without_sp, "backward").message_bytes == (1 + 32 * 5) * of_activation);

// Sequence parallelism makes an all-reduce a reduce-scatter and an all-gather. In the backward, projections with one input share them.
static_assert(in(with_sp, "forward").message_bytes == 2 * (1 + 32 * 2) * of_activation);
static_assert(in(with_sp, "backward").message_bytes == 2 * (1 + 32 * 2) * of_activation);

static_assert(cf::within(with_sp, {.message_bytes = {.at_least = 17_GB, .at_most = 18_GB}}));

int main() {
  std::fputs("tensor parallelism\n\n", stdout);
  std::fputs(cf::text_report(without_sp).c_str(), stdout);
  std::fputs("\nwith sequence parallelism\n\n", stdout);
  std::fputs(cf::text_report(with_sp).c_str(), stdout);
}
