// SPDX-License-Identifier: BSL-1.0
// What Llama-3-8B communicates in one training step under tensor parallelism over 8 ranks as PyTorch has it, with and without sequence
// parallelism.
#include <commfold/commfold.hpp>
#include <commfold/parallel/tensor.hpp>

#include <cstdio>
#include <string_view>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;
using namespace cf::literals;

constexpr std::size_t layers = 32;
constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 1, .tokens = 8192, .hidden = 4096};

constexpr auto train = [](auto& comm, auto const& tp, tensor::style const& style) {
  tensor::activations const between(tokens, tp, style);
  tensor::embedding const embed(between);
  tensor::decoder_layer const layer(between, {.heads = 32, .key_value_heads = 8, .head_width = 128, .feed_forward = 14336});
  tensor::head const head(between, 128256, tensor::head_cut::sharded);
  comm.phase("forward", [&] {
    embed.forward(comm);
    comm.repeat(layers, [&] { layer.forward(comm); });
    head.forward(comm);
  });
  comm.phase("loss", [&] { head.loss(comm, cf::bf16); });
  comm.phase("backward", [&] {
    head.backward(comm);
    comm.repeat(layers, [&] { layer.backward(comm); });
    embed.backward(comm);
  });
};

constexpr cf::process_group<"tp", 8> tp;
constexpr auto without_sp = cf::trace(train, tp, tensor::style{});
constexpr auto with_sp = cf::trace(train, tp, tensor::style{.sequence_parallel = true});

constexpr std::size_t bytes_in(auto const& traffic, std::string_view phase) {
  return traffic.total([&](cf::call_record const& call) { return call.phase() == phase; }).message_bytes;
}
constexpr std::size_t x = 8192 * 4096 * 2;  // bytes of activations

// In the forward an all-reduce after the embedding and after each of a layer's two row-wise projections; in the backward one for the inputs
// of the head and of each of a layer's five column-wise projections.
static_assert(bytes_in(without_sp, "forward") == (1 + 2 * layers) * x && bytes_in(without_sp, "backward") == (1 + 5 * layers) * x);
// Sequence parallelism makes an all-reduce a reduce-scatter and an all-gather. In the backward, projections with one input share them.
static_assert(bytes_in(with_sp, "forward") == 2 * (1 + 2 * layers) * x && bytes_in(with_sp, "backward") == 2 * (1 + 2 * layers) * x);
static_assert(cf::within(with_sp, {.message_bytes = {.at_least = 17_GB, .at_most = 18_GB}}));

int main() {
  std::fputs("tensor parallelism\n\n", stdout);
  std::fputs(cf::text_report(without_sp).c_str(), stdout);
  std::fputs("\nwith sequence parallelism\n\n", stdout);
  std::fputs(cf::text_report(with_sp).c_str(), stdout);
}
