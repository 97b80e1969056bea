// SPDX-License-Identifier: BSL-1.0
// What Mixtral-8x7B communicates in one training step on 32 ranks: an expert on each of 8, and FSDP2 around it. Experts are sharded over
// the 4 ranks that have the same one, all else over all 32. How many tokens go where is an assumption here; a program that counts them
// gives `token_counts::of(rows)`.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/expert.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstdio>

namespace cf = commfold;
namespace expert = cf::parallel::expert;
namespace fsdp = cf::parallel::fsdp;
using expert::token_counts;

using mixtral_8x7b = transformer::mixtral<cf::bf16, 32, 32000, 4096, 14336, 4096, 1024, 8>;
constexpr cf::process_group<"dp", 32> dp;
constexpr cf::process_group<"same_expert", 4> same_expert;
constexpr cf::process_group<"ep", 8> ep;

constexpr auto step = [](auto& comm, auto const& m, token_counts const& counts) {
  expert::expert_exchange const experts(counts, {cf::bf16, 4096}, ep, 0);
  auto const layer = [](auto const& of) {
    auto const held = fsdp::fully_shard(of.feed_forward.experts[0]).named("experts").on_mesh(1);
    return fsdp::fully_shard(of.input_norm, of.self_attn, of.post_attention_norm, of.feed_forward.router, held);
  };
  fsdp::sharded_model model(fsdp::fully_shard(m.embed, fsdp::each(m.layers, layer), m.norm, m.head), fsdp::policy{}, fsdp::mesh{dp},
                            fsdp::mesh{same_expert});
  comm.phase("forward", [&] {
    model.forward(comm, [&](fsdp::moment at) {
      if (at.begins("experts")) experts.dispatch(comm);
      if (at.ends("experts")) experts.combine(comm);
    });
  });
  comm.phase("backward", [&] {
    model.backward(comm, {}, [&](fsdp::moment at) {
      if (at.begins("experts")) experts.combine_backward(comm);
      if (at.ends("experts")) experts.dispatch_backward(comm);
    });
  });
};

// 8192 tokens of each rank go to 2 experts each, and every expert gets as many.
constexpr auto even = cf::trace([](auto& comm) { step(comm, mixtral_8x7b{}, token_counts::even(8, 8, 8192, 2)); });
static_assert(even.total({.group = ep}).message_bytes == 32 * (8 * 8 + 4 * std::size_t{2 * 8192 * 4096 * 2}));
// The experts, 3 matrices a layer, are gathered twice and reduced once, by 4 ranks instead of 32.
static_assert(even.total({.group = same_expert}).message_bytes == 32 * 3 * std::size_t{3} * 14336 * 4096 * 2);

int main() {
  std::printf("%s\n", cf::text_report(even).c_str());
  // Every rank sends half of its rows to expert 0, which is on rank 0. So rank 0 gets 4 times as many as it sends.
  token_counts const hot = token_counts::skewed(8, {7, 1, 1, 1, 1, 1, 1, 1}, 7 * 1024, 2);
  auto const skewed = cf::trace(step, mixtral_8x7b{}, hot);
  std::printf("With a hot expert on this rank: %zu B\n", skewed.total({.group = ep}).message_bytes);
}
