// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/context/ulysses.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace context = cf::parallel::context;

namespace {

constexpr auto step = [](auto& comm, auto const& cp) {
  context::ulysses_attention const attention({.dtype = cf::bf16, .batch = 2, .heads = 8, .key_value_heads = 4, .tokens = 32, .width = 16},
                                             cp);
  attention.forward(comm);
  attention.backward(comm);
};
// Queries and output: 2 * 8 * 32 / 4 * 16 = 2048 elements each; keys and values 1024; and as much back.
constexpr auto traffic = cf::trace(step, cf::process_group<"cp", 4>{});
static_assert(traffic.calls() == 8 && traffic.total().input_bytes == 2 * 2 * (2 * 2048 + 2 * 1024));
static_assert(cf::trace(step, cf::process_group<"cp", 1>{}).calls() == 0);

}  // namespace
