// SPDX-License-Identifier: BSL-1.0
// error: ranks do not divide .* heads, of which each rank gets some
#include <commfold/parallel/context.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace context = cf::parallel::context;

#ifdef SHOULD_FAIL
constexpr std::size_t heads_of_keys = 2;
#else
constexpr std::size_t heads_of_keys = 4;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  context::attention const of{.heads = 8, .key_value_heads = heads_of_keys, .tokens = 16, .width = 8};
  context::ulysses_attention(of, cf::process_group<"cp", 4>{}).forward(comm);
});

int main() { static_cast<void>(traffic); }
