// SPDX-License-Identifier: BSL-1.0
// error: heads of keys and values are neither a multiple nor a divisor of {} ranks
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

#ifdef SHOULD_FAIL
constexpr std::size_t key_value_heads = 3;
#else
constexpr std::size_t key_value_heads = 2;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  tensor::megatron_decoder const model({.tokens = 16, .hidden = 96},
                                       {.heads = 12, .key_value_heads = key_value_heads, .head_width = 8, .feed_forward = 128}, 1000,
                                       cf::process_group<"tp", 4>{}, false);
  model.layer_forward(comm);
});

int main() { static_cast<void>(traffic); }
