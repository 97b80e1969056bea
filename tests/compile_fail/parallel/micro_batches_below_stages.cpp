// SPDX-License-Identifier: BSL-1.0
// error: needs as many micro-batches as there are stages, {}, and there are {}
#include <commfold/parallel/pipeline/schedule.hpp>

namespace pipeline = commfold::parallel::pipeline;

#ifdef SHOULD_FAIL
constexpr std::size_t micro_batches = 3;
#else
constexpr std::size_t micro_batches = 4;
#endif
constexpr pipeline::schedule of(pipeline::schedule_kind::dualpipe_v, 2, 2, micro_batches);

int main() { static_cast<void>(of); }
