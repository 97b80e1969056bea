// SPDX-License-Identifier: BSL-1.0
// Megatron-LM's calls against its papers: Shoeybi et al. 2019, figure 4 (four all-reduces a layer), Korthikanti et al. 2022, section 4.2.2.
#include <commfold/parallel/tensor/megatron.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

namespace {

constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 2, .tokens = 16, .hidden = 64};
constexpr std::size_t x = 16 * 2 * 64 * 2;  // bytes

template <std::size_t Ranks, class Make>
constexpr auto traced(bool sequence_parallel, Make const& make) {
  return cf::trace(
      [&](auto& comm, auto const& tp) {
        make(comm, tensor::megatron_decoder(tokens, {.heads = 8, .key_value_heads = 4, .head_width = 8, .feed_forward = 128}, 1000, tp,
                                            sequence_parallel));
      },
      cf::process_group<"tp", Ranks>{});
}
constexpr auto layer = [](auto& comm, auto const& of) {
  of.layer_forward(comm);
  of.layer_backward(comm);
};
constexpr auto checkpointed = [](auto& comm, auto const& of) { of.layer_backward(comm, true); };
constexpr auto rest = [](auto& comm, auto const& of) {
  of.embedding_forward(comm);
  of.head_forward(comm);
  of.loss(comm);
  of.head_backward(comm);
  of.embedding_backward(comm);
  of.sum_norm_gradients(comm, 320, cf::f32);
};
constexpr auto fused = [](auto& comm, auto const& of) { of.loss(comm, tensor::megatron_loss::fused); };

static_assert(traced<4>(false, layer).calls() == 4 && traced<4>(false, layer).message_bytes() == 4 * x);
// A gather and a scatter for each all-reduce, and the inputs of both blocks gathered again.
static_assert(traced<4>(true, layer).calls() == 8 + 2 && traced<4>(true, layer).message_bytes() == 10 * x);
static_assert(traced<4>(false, checkpointed).calls() == 4 && traced<4>(true, checkpointed).calls() == 4 + 6);
static_assert(traced<1>(true, layer).calls() == 0);

// The embedding and the head's gradient; three float32 for each of 32 tokens.
static_assert(traced<4>(false, rest).message_bytes() == 2 * x + 3 * 32 * 4);
// Scatter; gather; gather and scatter; gather; and the gradients of the norms.
static_assert(traced<4>(true, rest).message_bytes() == 5 * x + 3 * 32 * 4 + 320 * 4);

// Two calls with the numbers of three.
static_assert(traced<4>(false, fused).calls() == 2 && traced<4>(false, fused).message_bytes() == 3 * 32 * 4);

// Four heads of keys and values on eight ranks: queries, keys and values, (8 + 2 * 4) * 8 columns, are gathered, and their gradient
// scattered.
constexpr std::size_t heads = 32 * (8 + 2 * 4) * 8 * 2;  // bytes
static_assert(traced<8>(false, layer).calls() == 4 + 2 && traced<8>(false, layer).message_bytes() == 4 * x + 2 * heads);
static_assert(traced<8>(true, layer).calls() == 10 + 2 && traced<8>(true, layer).message_bytes() == 10 * x + 2 * heads);
constexpr auto attention = [](auto& comm) {
  tensor::megatron_decoder const of(tokens, {.heads = 8, .key_value_heads = 4, .head_width = 8, .feed_forward = 128}, 1000,
                                    cf::process_group<"tp", 8>{}, true);
  of.attention_forward(comm);
  of.attention_backward(comm);
};
static_assert(emits(attention, {{"c10d::_allgather_base_", {x / 8, x, x}},
                                {"c10d::_allgather_base_", {heads / 8, heads, heads}},
                                {"c10d::_reduce_scatter_base_", {x, x / 8, x}},
                                {"c10d::_allgather_base_", {x / 8, x, x}},
                                {"c10d::_reduce_scatter_base_", {heads, heads / 8, heads}},
                                {"c10d::_allgather_base_", {x / 8, x, x}},
                                {"c10d::_reduce_scatter_base_", {x, x / 8, x}}}));

}  // namespace
