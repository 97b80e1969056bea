// SPDX-License-Identifier: BSL-1.0
// Bytes between tensor-parallel layers, worked out by hand.
#include <commfold/parallel/tensor/activations.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

namespace {

constexpr tensor::tokens tokens{.dtype = cf::bf16, .batch = 2, .tokens = 16, .hidden = 64};
constexpr std::size_t x = 2 * 16 * 64 * 2;  // bytes

template <class Make>
constexpr auto traced(tensor::style const& with, Make const& make) {
  return cf::trace([&](auto& comm, auto const& tp) { make(comm, tensor::activations(tokens, tp, with)); }, cf::process_group<"tp", 4>{});
}
constexpr auto enter = [](auto& comm, auto const& of) { of.enter(comm); };
constexpr auto enter_backward = [](auto& comm, auto const& of) { of.enter_backward(comm, 3); };
constexpr auto leave = [](auto& comm, auto const& of) { of.leave(comm); };
constexpr auto columns = [](auto& comm, auto const& of) { of.gather_columns(comm, 10); };
constexpr auto norms = [](auto& comm, auto const& of) { of.sum_norm_gradients(comm, 5, cf::f32); };

constexpr tensor::style sequence{.sequence_parallel = true};

static_assert(traced({}, enter).calls() == 0);
static_assert(traced(sequence, enter).message_bytes() == x);
static_assert(traced({}, enter_backward).message_bytes() == 3 * x);
static_assert(traced(sequence, enter_backward).message_bytes() == x);
static_assert(traced({.sequence_parallel = true, .input = tensor::module_input::local}, enter_backward).message_bytes() == 3 * x);
static_assert(traced({.sequence_parallel = true, .input = tensor::module_input::each_layer}, enter_backward).calls() == 3);
static_assert(traced({}, leave).message_bytes() == x && traced(sequence, leave).message_bytes() == x);
// 10 columns on 4 ranks are 3 each: 2 * 16 * 12 elements.
static_assert(traced({}, columns).message_bytes() == 2 * 16 * 12 * 2);
static_assert(traced({}, norms).calls() == 0 && traced(sequence, norms).message_bytes() == 5 * 64 * 4);

}  // namespace
