// SPDX-License-Identifier: BSL-1.0
// error: ranks do not divide .* experts
#include <commfold/parallel/expert.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace expert = cf::parallel::expert;

#ifdef SHOULD_FAIL
constexpr std::size_t experts = 6;
#else
constexpr std::size_t experts = 8;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  expert::expert_exchange(expert::token_counts::even(4, experts, 24, 2), {cf::bf16, 16}, cf::process_group<"ep", 4>{}, 0).forward(comm);
});

int main() { static_cast<void>(traffic); }
