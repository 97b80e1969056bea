// SPDX-License-Identifier: BSL-1.0
// What a layer of Llama-3-70B communicates under tensor parallelism over 8 ranks: Megatron-LM's beside PyTorch's.
#include <commfold/commfold.hpp>
#include <commfold/parallel/tensor.hpp>

#include <cstdio>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 1, .tokens = 8192, .hidden = 8192};
constexpr tensor::layer_shape shape{.heads = 64, .key_value_heads = 8, .head_width = 128, .feed_forward = 28672};

constexpr auto megatron = [](auto& comm, auto const& tp, bool sequence_parallel) {
  tensor::megatron_decoder const model(tokens, shape, 128256, tp, sequence_parallel);
  comm.phase("forward", [&] { model.layer_forward(comm); });
  comm.phase("backward", [&] { model.layer_backward(comm); });
};
constexpr auto pytorch = [](auto& comm, auto const& tp, bool sequence_parallel) {
  tensor::decoder_layer const layer(tensor::activations(tokens, tp, {.sequence_parallel = sequence_parallel}), shape);
  comm.phase("forward", [&] { layer.forward(comm); });
  comm.phase("backward", [&] { layer.backward(comm); });
};

constexpr cf::process_group<"tp", 8> tp;
constexpr std::size_t x = 8192 * 8192 * 2;  // bytes of activations

constexpr auto plain = cf::trace(megatron, tp, false), plain_of_pytorch = cf::trace(pytorch, tp, false);
// Shoeybi et al. 2019, figure 4: two all-reduces in the forward and two in the backward. PyTorch sums the gradient of a block's input once
// for each of its projections: three of attention, two of the feed-forward.
static_assert(plain.message_bytes() == 4 * x && plain_of_pytorch.message_bytes() == (2 + 5) * x);

constexpr auto sequence = cf::trace(megatron, tp, true), sequence_of_pytorch = cf::trace(pytorch, tp, true);
// Korthikanti et al. 2022, section 4.2.2: gathers and scatters in their place, and Megatron-LM gathers the inputs of both blocks again for
// the gradients of their weights, where PyTorch has kept them whole.
static_assert(sequence.message_bytes() == (8 + 2) * x && sequence_of_pytorch.message_bytes() == 8 * x);

int main() {
  std::fputs("Megatron-LM\n\n", stdout);
  std::fputs(cf::text_report(plain).c_str(), stdout);
  std::fputs("\nMegatron-LM with sequence parallelism\n\n", stdout);
  std::fputs(cf::text_report(sequence).c_str(), stdout);
}
