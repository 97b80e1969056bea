// SPDX-License-Identifier: BSL-1.0
// error: the counts are of .* ranks and .*, and the axis has .* ranks
#include <commfold/parallel/expert.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace expert = cf::parallel::expert;

#ifdef SHOULD_FAIL
constexpr std::size_t of_the_counts = 2;
#else
constexpr std::size_t of_the_counts = 4;
#endif

constexpr auto traffic = cf::trace([](auto& comm) {
  expert::expert_exchange(expert::token_counts::even(of_the_counts, 8, 24, 2), {cf::bf16, 16}, cf::process_group<"ep", 4>{}, 0)
      .forward(comm);
});

int main() { static_cast<void>(traffic); }
