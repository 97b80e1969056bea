// SPDX-License-Identifier: BSL-1.0
// error: columns of the feed-forward, whose layers take local tensors
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

#ifdef SHOULD_FAIL
constexpr bool keeps_dtensors = false;
#else
constexpr bool keeps_dtensors = true;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  tensor::activations const between({.tokens = 16, .hidden = 64}, cf::process_group<"tp", 4>{});
  tensor::decoder_layer(between, {.heads = 4, .head_width = 16, .feed_forward = 1403, .keeps_dtensors = keeps_dtensors}).forward(comm);
});

int main() { static_cast<void>(traffic); }
