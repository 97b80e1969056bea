// SPDX-License-Identifier: BSL-1.0
// Bytes of ring attention, worked out by hand. Which calls it makes is held against PyTorch in
// tests/runtime/parallel/context_rows_test.cpp.
#include <commfold/parallel/context/ring_attention.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace context = cf::parallel::context;

namespace {

constexpr context::attention attention{.dtype = cf::bf16, .batch = 2, .heads = 4, .key_value_heads = 2, .tokens = 32, .width = 16};

constexpr auto forward = [](auto& comm, auto const& cp, context::ring_options const& with) {
  context::ring_attention(attention, cp, 0, with).forward(comm);
};
constexpr auto backward = [](auto& comm, auto const& cp, context::ring_options const& with) {
  context::ring_attention(attention, cp, 0, with).backward(comm);
};
constexpr cf::process_group<"cp", 4> cp;

// Keys and values of a rank: 2 * 2 * 2 * 32 / 4 * 16 = 1024 elements. Gathered: 4 * 1024 * 2 bytes.
static_assert(cf::trace(forward, cp, context::ring_options{}).message_bytes() == 8192);
// Handed on three times: PyTorch's size of an all-to-all is what goes in and what comes out.
constexpr auto rotated = cf::trace(forward, cp, context::ring_options{.rotate = context::rotation::all_to_all});
static_assert(rotated.calls() == 3 && rotated.total().input_bytes == 3 * 2048);

// The gradients are in float32, four times 1024 elements, whatever the rotation.
constexpr auto gathered_back = cf::trace(backward, cp, context::ring_options{});
static_assert(gathered_back.calls() == 1 + 4 && gathered_back.total().input_bytes == 2048 + 4 * 4096);
constexpr auto rotated_back = cf::trace(backward, cp, context::ring_options{.rotate = context::rotation::all_to_all});
static_assert(rotated_back.calls() == 3 + 4 && rotated_back.total().input_bytes == 3 * 2048 + 4 * 4096);

static_assert(cf::trace(forward, cf::process_group<"cp", 1>{}, context::ring_options{}).calls() == 0);

constexpr auto unshard = [](auto& comm, auto const& group) { context::unshard(comm, cf::tensor<cf::f32, 2, 8, 64>{}, 1, group); };
static_assert(cf::trace(unshard, cp).message_bytes() == 2 * 32 * 64 * 4);

}  // namespace
