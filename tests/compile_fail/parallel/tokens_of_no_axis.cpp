// SPDX-License-Identifier: BSL-1.0
// error: tokens are cut into .* parts for .* ranks, which do not divide them
#include <commfold/parallel/context.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace context = cf::parallel::context;

#ifdef SHOULD_FAIL
constexpr std::size_t tokens = 12;
#else
constexpr std::size_t tokens = 16;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  context::ring_attention const attention({.heads = 4, .tokens = tokens, .width = 8}, cf::process_group<"cp", 4>{}, 0);
  attention.forward(comm);
});

int main() { static_cast<void>(traffic); }
