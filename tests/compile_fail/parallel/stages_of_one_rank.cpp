// SPDX-License-Identifier: BSL-1.0
// error: has one stage a rank, not {}
#include <commfold/parallel/pipeline/schedule.hpp>

namespace pipeline = commfold::parallel::pipeline;

#ifdef SHOULD_FAIL
constexpr std::size_t stages = 2;
#else
constexpr std::size_t stages = 1;
#endif
constexpr pipeline::schedule of(pipeline::schedule_kind::one_f_one_b, 4, stages, 8);

int main() { static_cast<void>(of); }
