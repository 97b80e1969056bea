// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/pipeline/lowering.hpp>

namespace pipeline = commfold::parallel::pipeline;
using pipeline::what;
using list = std::vector<pipeline::action>;

namespace {

// A stage is gathered before its first use, and dropped when it is none of the next three.
constexpr bool three_stages_are_whole_at_a_time() {
  list const computed{{what::forward, 0, 0}, {what::forward, 1, 0}, {what::forward, 2, 0}, {what::forward, 3, 0}};
  return pipeline::detail::unshard_writer(computed, {0, 1, 2, 3}).written() ==
         list{{what::unshard, 0},    {what::unshard, 1}, {what::unshard, 2},    {what::forward, 0, 0},
              {what::reshard, 0},    {what::unshard, 3}, {what::forward, 1, 0}, {what::reshard, 1},
              {what::forward, 2, 0}, {what::reshard, 2}, {what::forward, 3, 0}, {what::reshard, 3}};
}
static_assert(three_stages_are_whole_at_a_time());

// Gradients are reduced behind the last of the weights.
static_assert(pipeline::detail::with_reductions({{what::full_backward, 0, 0}, {what::backward_input, 0, 1}, {what::backward_weight, 0, 1}},
                                                1, 2) ==
              list{{what::full_backward, 0, 0}, {what::backward_input, 0, 1}, {what::backward_weight, 0, 1}, {what::reduce_grad, 0}});

// Two stages on two ranks: what one sends, the other one receives at once.
constexpr bool what_is_sent_is_received() {
  pipeline::stage_map const map{.ranks = 2, .per_rank = 1};
  std::vector<list> const made =
      pipeline::detail::send_recv_writer(
          map, 1, {{{what::forward, 0, 0}, {what::full_backward, 0, 0}}, {{what::forward, 1, 0}, {what::full_backward, 1, 0}}})
          .written();
  return made[0] == list{{what::forward, 0, 0}, {what::send_f, 0, 0}, {what::recv_b, 0, 0}, {what::full_backward, 0, 0}} &&
         made[1] == list{{what::recv_f, 1, 0}, {what::forward, 1, 0}, {what::full_backward, 1, 0}, {what::send_b, 1, 0}};
}
static_assert(what_is_sent_is_received());

}  // namespace
