// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/pipeline/stages.hpp>

namespace pipeline = commfold::parallel::pipeline;

namespace {

// 3 ranks with 2 stages each: in a loop 0 1 2 0 1 2, in a V 0 1 2 2 1 0.
constexpr pipeline::stage_map loop{.ranks = 3, .per_rank = 2}, v{.ranks = 3, .per_rank = 2, .is_v = true};
static_assert(loop.stages() == 6 && loop.rank_of(2) == 2 && loop.rank_of(3) == 0 && loop.rank_of(5) == 2);
static_assert(v.stages() == 6 && v.rank_of(2) == 2 && v.rank_of(3) == 2 && v.rank_of(5) == 0);
static_assert(loop.of_rank(1) == std::vector<std::size_t>{1, 4} && v.of_rank(0) == std::vector<std::size_t>{0, 5});

// The middle of a V stays on its rank.
static_assert(loop.sends_forward(2) && !v.sends_forward(2) && !v.sends_backward(3) && !v.sends_forward(5) && !v.sends_backward(0));
// One rank sends nothing.
static_assert(!pipeline::stage_map{.ranks = 1, .per_rank = 4}.sends_forward(1));

}  // namespace
