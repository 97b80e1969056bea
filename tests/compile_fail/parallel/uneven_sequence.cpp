// SPDX-License-Identifier: BSL-1.0
// error: ranks do not divide a sequence of {} tokens
#include <commfold/group/process_group.hpp>
#include <commfold/parallel/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace tensor = cf::parallel::tensor;

#ifdef SHOULD_FAIL
constexpr tensor::style chosen{.sequence_parallel = true};
#else
constexpr tensor::style chosen{};
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  tensor::activations const between({.tokens = 62, .hidden = 64}, cf::process_group<"tp", 4>{}, chosen);
  tensor::embedding(between).forward(comm);
});

int main() { static_cast<void>(traffic); }
