// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/pipeline/schedule.hpp>

namespace pipeline = commfold::parallel::pipeline;
using pipeline::schedule_kind;
using pipeline::what;

namespace {

/// Over all ranks, as many sends as receives, and m of each for every boundary.
constexpr bool sends_are_received(pipeline::schedule const& of, std::size_t boundaries) {
  std::size_t seen[12] = {};
  for (std::size_t rank = 0; rank != of.ranks(); ++rank)
    for (pipeline::action const& one : of.actions_of(rank)) ++seen[static_cast<std::size_t>(one.what)];
  for (what const kind : {what::send_f, what::recv_f, what::send_b, what::recv_b})
    if (seen[static_cast<std::size_t>(kind)] != boundaries * of.micro_batches()) return false;
  return true;
}
static_assert(sends_are_received({schedule_kind::gpipe, 4, 1, 6}, 3));
static_assert(sends_are_received({schedule_kind::one_f_one_b, 4, 1, 6}, 3));
static_assert(sends_are_received({schedule_kind::one_f_one_b, 4, 1, 2}, 3));  // fewer micro-batches than stages
static_assert(sends_are_received({schedule_kind::interleaved_1f1b, 2, 3, 4}, 5));
static_assert(sends_are_received({schedule_kind::looped_bfs, 2, 3, 4}, 5));
static_assert(sends_are_received({schedule_kind::interleaved_zero_bubble, 2, 3, 4}, 5));
static_assert(sends_are_received({schedule_kind::zbv_zero_bubble, 2, 2, 4}, 2));
static_assert(sends_are_received({schedule_kind::dualpipe_v, 2, 2, 4}, 2));
static_assert(sends_are_received({schedule_kind::interleaved_1f1b, 1, 3, 4}, 0));

static_assert(pipeline::name_of(schedule_kind::zbv_zero_bubble) == "ZBVZeroBubble");

}  // namespace
