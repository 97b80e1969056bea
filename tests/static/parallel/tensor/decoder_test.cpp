// SPDX-License-Identifier: BSL-1.0
// How many calls a layer makes. Which they are is held against PyTorch in tests/runtime/parallel/tensor_rows_test.cpp.
#include <commfold/parallel/tensor/decoder.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

namespace {

constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 1, .tokens = 16, .hidden = 64};
constexpr tensor::layer_shape shape{.heads = 8, .key_value_heads = 8, .head_width = 8, .feed_forward = 128};

constexpr auto layer = [](auto& comm, auto const& tp, bool sequence_parallel, tensor::recompute again) {
  tensor::decoder_layer const one(tensor::activations(tokens, tp, {.sequence_parallel = sequence_parallel}), shape);
  one.forward(comm);
  one.backward(comm, again);
};
template <std::size_t Ranks>
constexpr std::size_t calls(bool sequence_parallel, tensor::recompute again = tensor::recompute::nothing) {
  return cf::trace(layer, cf::process_group<"tp", Ranks>{}, sequence_parallel, again).calls();
}
static_assert(calls<4>(false) == 2 + 5 && calls<4>(true) == 4 + 4 && calls<1>(true) == 0);
// Again, but for the last reduction; or without both, where they scatter.
static_assert(calls<4>(false, tensor::recompute::all) == 7 + 1 && calls<4>(false, tensor::recompute::all_but_scattered) == 7 + 1);
static_assert(calls<4>(true, tensor::recompute::all) == 8 + 3 && calls<4>(true, tensor::recompute::all_but_scattered) == 8 + 2);

// The gradient of the output; what is repeated, without the feed-forward's scatter; the gradients of the feed-forward and of attention.
constexpr std::size_t x = 16 * 64 * 2;  // bytes
constexpr call gather{"_c10d_functional::all_gather_into_tensor", {x / 4, x, x}};
constexpr call scatter{"_c10d_functional::reduce_scatter_tensor", {x, x / 4, x}};
constexpr auto checkpointed = [](auto& comm) {
  tensor::activations const between(tokens, cf::process_group<"tp", 4>{}, {.sequence_parallel = true});
  tensor::decoder_layer(between, shape).backward(comm, tensor::recompute::all);
};
static_assert(emits(checkpointed, {gather, gather, scatter, gather, scatter, gather, scatter}));

constexpr auto ends = [](auto& comm, auto const& tp, tensor::head_cut cut) {
  tensor::activations const between(tokens, tp);
  tensor::embedding const embedding(between);
  tensor::head const head(between, 1000, cut);
  embedding.forward(comm);
  head.forward(comm);
  head.loss(comm, cf::bf16);
  head.backward(comm);
  embedding.backward(comm);
};
// Embedding and the gradient of the head's input: 1024 elements each; 1000 logits a token, or three numbers.
static_assert(cf::trace(ends, cf::process_group<"tp", 4>{}, tensor::head_cut::gathered).message_bytes() == 2 * (2 * 1024 + 16 * 1000));
static_assert(cf::trace(ends, cf::process_group<"tp", 4>{}, tensor::head_cut::sharded).message_bytes() == 2 * 2 * 1024 + 16 * (4 + 4 + 2));

// What changes the dimension that is cut: on an accelerator a rank exchanges its part, where a mesh of CPUs gathers all four. A width of 50
// is padded to 52: 16 * 13 elements.
constexpr auto columns_first = [](auto& comm, std::size_t hidden, tensor::mesh_device device) {
  tensor::activations const between({.dtype = cf::bf16, .tokens = 16, .hidden = hidden}, cf::process_group<"tp", 4>{},
                                    {.sequence_parallel = true, .device = device});
  tensor::embedding const embedding(between, tensor::embedding_cut::columns);
  embedding.forward(comm);
  embedding.backward(comm);
};
constexpr auto exchanged = [](auto& comm) { columns_first(comm, 50, tensor::mesh_device::accelerator); };
constexpr auto gathered = [](auto& comm) { columns_first(comm, 50, tensor::mesh_device::cpu); };
static_assert(emits(exchanged, {{"_dtensor::shard_dim_alltoall", {416, 416, 416}}, {"_dtensor::shard_dim_alltoall", {416, 416, 416}}}));
static_assert(emits(gathered, {{"_c10d_functional::all_gather_into_tensor", {416, 1664, 1664}},
                               {"_c10d_functional::all_gather_into_tensor", {416, 1664, 1664}}}));

}  // namespace
