// SPDX-License-Identifier: BSL-1.0
// Blocks of any number of layers, worked out by hand. Those of a decoder are held against PyTorch in
// tests/runtime/parallel/tensor_rows_test.cpp.
#include <commfold/parallel/tensor/block.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

#include <tests/support/emits.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;
using tensor::recompute;

namespace {

constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 1, .tokens = 16, .hidden = 64};
constexpr std::size_t x = 16 * 64 * 2;  // bytes

template <class Make>
constexpr auto step(tensor::style const& with, Make const& make) {
  return [=](auto& comm) {
    tensor::activations const between(tokens, cf::process_group<"tp", 4>{}, with);
    make(comm, tensor::block(between, {tensor::column{128}}));
  };
}
constexpr auto both = [](auto& comm, auto const& of) {
  of.forward(comm);
  of.backward(comm);
};
template <recompute Again>
constexpr auto backward = [](auto& comm, auto const& of) { of.backward(comm, Again); };

// One column-wise layer, as of a feed-forward with GELU or of fused queries, keys and values: Megatron's one call each way.
static_assert(emits(step({}, both), {{"_c10d_functional::all_reduce", {x, x, x}}, {"_c10d_functional::all_reduce", {x, x, x}}}));
static_assert(emits(step({.sequence_parallel = true}, both), {{"_c10d_functional::all_gather_into_tensor", {x / 4, x, x}},
                                                              {"_c10d_functional::reduce_scatter_tensor", {x, x / 4, x}},
                                                              {"_c10d_functional::all_gather_into_tensor", {x / 4, x, x}},
                                                              {"_c10d_functional::reduce_scatter_tensor", {x, x / 4, x}}}));

// A gathered column: 6 columns over 4 ranks are 2 of each, 16 tokens.
constexpr auto gathered = [](auto& comm) {
  tensor::activations const between(tokens, cf::process_group<"tp", 4>{});
  tensor::block(between, {tensor::column{128}, tensor::column{6, true}}).forward(comm);
};
static_assert(emits(gathered, {{"_c10d_functional::all_gather_into_tensor", {64, 256, 256}}, {"_c10d_functional::all_reduce", {x, x, x}}}));

// A checkpointed block repeats the calls before its reduction, here none or one gather. It repeats the reduction, too, where PyTorch does
// not stop the recomputation early, unless the result of the reduction was kept.
constexpr std::size_t calls(tensor::style const& with, auto const& make) { return cf::log(step(with, make)).calls().size(); }
constexpr tensor::style plain{}, sequence{.sequence_parallel = true}, replicated{.sequence_parallel = true, .replicated_outputs = true};
static_assert(calls(plain, backward<recompute::nothing>) == 1 && calls(plain, backward<recompute::all>) == 1);
static_assert(calls(plain, backward<recompute::all_to_the_end>) == 2 && calls(plain, backward<recompute::all_but_scattered>) == 1);
static_assert(calls(sequence, backward<recompute::nothing>) == 2 && calls(sequence, backward<recompute::all>) == 3);
static_assert(calls(sequence, backward<recompute::all_to_the_end>) == 4 && calls(sequence, backward<recompute::all_but_scattered>) == 3);
static_assert(calls(replicated, backward<recompute::all_to_the_end>) == 4);

// A run-time group: a number at run time, the same program.
constexpr auto any_group = [](auto& comm) {
  tensor::activations const between(tokens, cf::process_group<"tp">{4});
  both(comm, tensor::block(between, {tensor::column{128}}));
};
static_assert(emits(any_group, {{"_c10d_functional::all_reduce", {x, x, x}}, {"_c10d_functional::all_reduce", {x, x, x}}}));

}  // namespace
