// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/pipeline/play.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

namespace cf = commfold;
namespace pipeline = cf::parallel::pipeline;
using pipeline::schedule_kind;

namespace {

constexpr cf::tensor<cf::bf16, 2, 64, 128> activation{};  // 32768 bytes
constexpr cf::process_group<"pp", 4> pp;

constexpr auto played = [](auto& comm, auto const& group, schedule_kind kind, std::size_t per_rank, std::size_t rank) {
  pipeline::play(comm, pipeline::schedule(kind, 4, per_rank, 8), rank, group, activation, [](pipeline::action const&) {});
};
constexpr auto exchanged = [](auto& comm, auto const& group, schedule_kind kind, std::size_t per_rank, std::size_t rank) {
  pipeline::exchanges(comm, pipeline::schedule(kind, 4, per_rank, 8), rank, group, activation);
};
// A rank in the middle receives and sends 8 activations and 8 gradients; the first one sends and receives 8.
static_assert(cf::trace(played, pp, schedule_kind::one_f_one_b, cf::size_c<1>, cf::size_c<1>).message_bytes() == 4 * 8 * 32768);
static_assert(cf::trace(played, pp, schedule_kind::gpipe, cf::size_c<1>, cf::size_c<0>).message_bytes() == 2 * 8 * 32768);

// Without their order they add up to the same.
constexpr bool both_add_up_to_the_same(schedule_kind kind, std::size_t per_rank, std::size_t rank) {
  auto const one = cf::trace(played, pp, kind, per_rank, rank), other = cf::trace(exchanged, pp, kind, per_rank, rank);
  return one.total() == other.total() && one.calls() == other.calls();
}
static_assert(both_add_up_to_the_same(schedule_kind::one_f_one_b, 1, 2));
static_assert(both_add_up_to_the_same(schedule_kind::zbv_zero_bubble, 2, 3));
static_assert(both_add_up_to_the_same(schedule_kind::interleaved_1f1b, 2, 0));

// The boundary may differ from stage to stage: here only stage 1 hands something on.
constexpr auto of_stage_one = [](auto& comm, auto const& group) {
  auto const boundary = [](std::size_t stage) { return std::vector<cf::tensor<cf::f32, 4>>(stage == 1 ? 1 : 0); };
  pipeline::exchanges(comm, pipeline::schedule(schedule_kind::gpipe, 4, 1, 8), 1, group, boundary);
};
static_assert(cf::trace(of_stage_one, pp).calls() == 2 * 8);

// Before the first step: a vote down and up, and the shapes as pickles where nobody knows them.
constexpr auto before = [](auto& comm, auto const& group) {
  pipeline::schedule const of(schedule_kind::gpipe, 4, 1, 8);
  pipeline::vote(comm, of, 1, group);
  pipeline::infer_shapes(comm, of, 1, group, 166, [](pipeline::action const&) {});
};
static_assert(cf::trace(before, pp).message_bytes() == 4 * 4 + 4 * (8 + 166));

}  // namespace
