// SPDX-License-Identifier: BSL-1.0
// error: goes in {} rounds over {} ranks, which do not divide {} micro-batches
#include <commfold/parallel/pipeline/schedule.hpp>

namespace pipeline = commfold::parallel::pipeline;

#ifdef SHOULD_FAIL
constexpr std::size_t micro_batches = 5;
#else
constexpr std::size_t micro_batches = 6;
#endif
constexpr pipeline::schedule of(pipeline::schedule_kind::interleaved_1f1b, 2, 2, micro_batches);

int main() { static_cast<void>(of); }
