// SPDX-License-Identifier: BSL-1.0
// What attention communicates in one training step of Llama-3-8B over sequences of 131,072 tokens, which 8 ranks share out: ring attention
// as PyTorch's `context_parallel` has it, and DeepSpeed-Ulysses. FSDP2 shards the model over all 32 ranks, 4 sequences of 8 ranks each.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/context.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstdio>

namespace cf = commfold;
namespace context = cf::parallel::context;
namespace fsdp = cf::parallel::fsdp;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr cf::process_group<"dp_cp", 32> dp_cp;
constexpr cf::process_group<"cp", 8> cp;

constexpr auto step = [](auto& comm, auto const& m, auto const& attention) {
  auto const layer = [](auto const& of) { return fsdp::fully_shard(of).named("layer"); };
  fsdp::sharded_model model(fsdp::fully_shard(m.embed, fsdp::each(m.layers, layer), m.norm, m.head), fsdp::policy{}, fsdp::mesh{dp_cp});
  comm.phase("forward", [&] {
    model.forward(comm, [&](fsdp::moment at) {
      if (at.enters("layer")) attention.forward(comm);
    });
  });
  comm.phase("backward", [&] {
    model.backward(comm, {}, [&](fsdp::moment at) {
      if (at.enters("layer")) attention.backward(comm);
    });
  });
};

// PyTorch's kernels want as many heads of keys and values as of queries: 32, not 8. Ulysses sends them before they are repeated.
constexpr context::attention repeated{.heads = 32, .tokens = 131072, .width = 128};
constexpr context::attention grouped{.heads = 32, .key_value_heads = 8, .tokens = 131072, .width = 128};
constexpr auto ring = cf::trace(step, llama_3_8b{}, context::ring_attention(repeated, cp, 0));
constexpr auto stepwise =
    cf::trace(step, llama_3_8b{}, context::ring_attention(repeated, cp, 0, {.rotate = context::rotation::all_to_all}));
constexpr auto ulysses = cf::trace(step, llama_3_8b{}, context::ulysses_attention(grouped, cp));

// A layer gathers keys and values of all ranks twice, in bfloat16, and passes their gradients on 8 times, in float32; or it passes keys and
// values on 7 times and 7 times.
constexpr std::size_t keys_and_values = 2 * 32 * (131072 / 8) * 128;  // elements that a rank has
static_assert(ring.total({.group = cp}).message_bytes == 32 * keys_and_values * (2 * 8 * 2 + 8 * 4));
static_assert(stepwise.total({.group = cp}).message_bytes == 32 * keys_and_values * (2 * 7 * 2 + 8 * 4));
// Ulysses sends queries, keys, values and the result, 32 + 8 + 8 + 32 heads, there and back.
static_assert(ulysses.total({.group = cp}).message_bytes == 32 * 2 * (32 + 8 + 8 + 32) * std::size_t{131072 / 8} * 128 * 2);
static_assert(12 * ulysses.total({.group = cp}).message_bytes < ring.total({.group = cp}).message_bytes);

int main() { std::printf("ring attention\n\n%s\nUlysses\n\n%s", cf::text_report(ring).c_str(), cf::text_report(ulysses).c_str()); }
