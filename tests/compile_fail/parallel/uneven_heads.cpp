// SPDX-License-Identifier: BSL-1.0
// error: ranks do not divide {} heads
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

#ifdef SHOULD_FAIL
constexpr std::size_t heads = 6;
#else
constexpr std::size_t heads = 8;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  tensor::activations const between({.tokens = 16, .hidden = 64}, cf::process_group<"tp", 4>{});
  tensor::decoder_layer(between, {.heads = heads, .key_value_heads = 2, .head_width = 8, .feed_forward = 128}).forward(comm);
});

int main() { static_cast<void>(traffic); }
