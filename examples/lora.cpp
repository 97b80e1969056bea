// SPDX-License-Identifier: BSL-1.0
// What it takes to train adapters of rank 16 on a frozen Llama-3-8B under FSDP2 over 8 ranks: everything is gathered, and next to nothing
// reduced.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/fsdp.hpp>

#include <cstdio>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

struct adapter {
  cf::tensor<cf::bf16, 16, 4096> query_a;
  cf::tensor<cf::bf16, 4096, 16> query_b;
  cf::tensor<cf::bf16, 16, 4096> value_a;
  cf::tensor<cf::bf16, 1024, 16> value_b;
};
constexpr std::size_t of_adapters = 32 * (3 * 16 * 4096 + 16 * 1024);

constexpr auto step = [](auto& comm, auto const& m, auto const& dp) {
  using cf::parallel::frozen;
  auto const layers = fsdp::each(m.layers, [](auto const& layer) { return fsdp::fully_shard(frozen(layer), adapter{}); });
  fsdp::sharded_model model(fsdp::fully_shard(frozen(m.embed), layers, frozen(m.norm), frozen(m.head)), fsdp::policy{}, fsdp::mesh{dp});
  comm.phase("forward", [&] { model.forward(comm); });
  comm.phase("backward", [&] { model.backward(comm); });
};
constexpr auto traffic = cf::trace(step, llama_3_8b{}, cf::process_group<"dp", 8>{});

constexpr auto reduced = traffic.total([](cf::call_record const& call) { return call.op() == "c10d::_reduce_scatter_base_"; });
static_assert(reduced.calls == 32 && reduced.message_bytes == 2 * of_adapters);

// The layers are gathered twice, the rest of the model once.
constexpr std::size_t of_no_layer = 2 * 128256 * 4096 + 4096;
static_assert(traffic.message_bytes() - reduced.message_bytes == 2 * (2 * (eight_billion + of_adapters) - of_no_layer));

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
