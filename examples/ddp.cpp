// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under DDP over 8 ranks, once its buckets are rebuilt.
#include "transformer.hpp"

#include <commfold/commfold.hpp>
#include <commfold/parallel/ddp.hpp>

#include <cstdio>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;
using namespace cf::literals;

using llama_3_8b = transformer::llama<cf::bf16, 32, 128256, 4096, 14336, 4096, 1024>;
constexpr std::size_t eight_billion = 8'030'261'248;

constexpr auto model_of = [](auto const& model, auto const& world) {
  return ddp::replicated_model(ddp::pieces_of(model), {}, ddp::options{}, world);
};
constexpr auto init = [](auto& comm, auto const& model, auto const& world) { model_of(model, world).init(comm); };
constexpr auto step = [](auto& comm, auto const& model, auto const& world) {
  auto replicated = model_of(model, world);
  replicated.skip_steps(2);
  comm.phase("forward", [&] { replicated.forward(comm); });
  comm.phase("backward", [&] { replicated.backward(comm); });
};

constexpr auto traffic = cf::trace(step, llama_3_8b{}, cf::process_group<"world", 8>{});

// Buckets cut no parameter and pad none: every gradient is reduced once.
static_assert(traffic.message_bytes() == 2 * eight_billion);
static_assert(cf::within(traffic, {.message_bytes = {.at_least = 16_GB, .at_most = 17_GB}, .calls = {.at_most = 250}}));

// The constructor's calls: how many parameters, what sizes and strides, and the model itself.
constexpr auto constructor = cf::trace(init, llama_3_8b{}, cf::process_group<"world", 8>{});
constexpr std::size_t parameters = 32 * 9 + 3;
constexpr std::size_t norms = 32 * 2 + 1;
static_assert(constructor.message_bytes() == 8 * 8 + (2 * 2 * parameters - 2 * norms) * 8 + 2 * eight_billion);

int main() { std::fputs(cf::text_report(traffic).c_str(), stdout); }
