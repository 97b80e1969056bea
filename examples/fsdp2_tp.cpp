// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under FSDP2 with tensor and sequence parallelism: a mesh of 16 machines of 8 ranks.
#include "steps/tensor_parallel.hpp"
#include "transformer.hpp"

#include <commfold/parallel.hpp>

#include <cstdio>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr tensor_parallel::options plan{.tokens = 8192, .key_value_heads = 8, .sequence_parallel = true, .loss_parallel = true};

constexpr auto train = [](auto& comm, auto const& model, auto const& dp, auto const& tp) {
  // FSDP2 shards what a rank of the tensor axis has: a part of each matrix, and whole norms.
  auto const unit = [&](auto const& layer) { return fsdp::fully_shard(tensor_parallel::held_of_layer(layer, tp)).named("layer"); };
  auto const root = fsdp::fully_shard(tensor_parallel::held_of_root(model, tp), fsdp::each(model.layers, unit)).named("root");
  fsdp::sharded_model units(root, fsdp::policy{}, fsdp::mesh{dp});
  auto const parts = tensor_parallel::parts_of(model, tp, plan, cf::bf16);

  comm.phase("forward", [&] {
    units.forward(comm, [&](fsdp::moment const& at) {
      if (at.enters("root")) parts.embedding.forward(comm);
      if (at.enters("layer")) parts.layer.forward(comm);
      if (at.leaves("root")) parts.head.forward(comm);
    });
  });
  comm.phase("loss", [&] { parts.head.loss(comm, cf::bf16); });
  comm.phase("backward", [&] {
    units.backward(comm, {}, [&](fsdp::moment const& at) {
      if (at.enters("root")) parts.head.backward(comm);
      if (at.enters("layer")) parts.layer.backward(comm);
      if (at.leaves("root")) parts.embedding.backward(comm);
      // A rank has seen its part of the sequence: its gradient of a norm is a partial sum.
      if (at.reduces("layer")) parts.between.sum_norm_gradients(comm, 2, cf::bf16);
      if (at.reduces("root")) parts.between.sum_norm_gradients(comm, 1, cf::bf16);
    });
  });
  comm.phase("clip", [&] { cf::parallel::reduce_norms(comm, units.gradients(), cf::bf16, cf::parallel::norm_kind::finite, dp, tp); });
};

constexpr auto traffic = cf::trace(train, llama_3_8b{}, cf::process_group<"dp", 16>{}, cf::process_group<"tp", 8>{});

constexpr std::size_t along_dp = traffic.total([](cf::call_record const& call) { return call.group() == "dp"; }).message_bytes;
// FSDP2 shards an eighth of every parameter, but the whole norms. It gathers the layers twice and the other parameters once, and reduces
// everything once. Clipping adds two bytes for each parameter: its norm.
constexpr std::size_t of_norms = (32 * 2 + 1) * 4096;
constexpr std::size_t of_rank = (eight_billion - of_norms) / 8 + of_norms;
constexpr std::size_t in_no_layer = 2 * 128256 / 8 * 4096 + 4096;
static_assert(along_dp == (3 * of_rank - in_no_layer) * 2 + (32 * 9 + 3) * 2);
static_assert(cf::within(traffic, {.message_bytes = {.at_least = 20_GB, .at_most = 24_GB}, .calls = {.at_most = 500}}));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
