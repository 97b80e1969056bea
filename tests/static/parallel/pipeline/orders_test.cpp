// SPDX-License-Identifier: BSL-1.0
// Every order has each micro-batch of each stage once. Which order it is, is held against PyTorch in
// tests/runtime/parallel/pipeline_rows_test.cpp.
#include <commfold/parallel/pipeline/orders.hpp>

namespace pipeline = commfold::parallel::pipeline;
using pipeline::what;

namespace {

struct counted {
  std::size_t forwards = 0, inputs = 0, weights = 0;
  friend constexpr bool operator==(counted const&, counted const&) = default;
};
constexpr counted count(std::vector<pipeline::action> const& order) {
  counted all;
  for (pipeline::action const& one : order)
    pipeline::for_each_part(one, [&](pipeline::action const& part) {
      all.forwards += part.what == what::forward;
      all.inputs += part.what == what::full_backward || part.what == what::backward_input;
      all.weights += part.what == what::full_backward || part.what == what::backward_weight;
    });
  return all;
}
constexpr counted each(std::size_t n) { return {n, n, n}; }

constexpr pipeline::stage_map loop{.ranks = 4, .per_rank = 3}, v{.ranks = 4, .per_rank = 2, .is_v = true};
constexpr bool every_rank_has_all(std::size_t micro_batches) {
  for (std::size_t rank = 0; rank != 4; ++rank) {
    if (count(pipeline::detail::interleaved_order(loop, rank, micro_batches, false)) != each(3 * micro_batches)) return false;
    if (count(pipeline::detail::interleaved_order(loop, rank, micro_batches, true)) != each(3 * micro_batches)) return false;
    if (count(pipeline::detail::looped_bfs_order(loop, rank, micro_batches)) != each(3 * micro_batches)) return false;
    if (count(pipeline::detail::zbv_order(v, rank, micro_batches)) != each(2 * micro_batches)) return false;
    if (micro_batches >= 8 && count(pipeline::detail::dualpipe_v_order(v, rank, micro_batches)) != each(2 * micro_batches)) return false;
  }
  return true;
}
static_assert(every_rank_has_all(4) && every_rank_has_all(8) && every_rank_has_all(12));
static_assert(count(pipeline::detail::zbv_order(v, 1, 1)) == each(2));  // fewer than the order is made for

}  // namespace
