// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/pipeline/action.hpp>

namespace pipeline = commfold::parallel::pipeline;
using pipeline::what;

namespace {

constexpr pipeline::action overlap{what::overlap_f_b, 0, 3, 3, 1};
static_assert(overlap.forward_part() == pipeline::action{what::forward, 0, 3});
static_assert(overlap.backward_part() == pipeline::action{what::full_backward, 3, 1});
static_assert(pipeline::action{what::backward_weight, 1, 2}.is_backward() && !overlap.is_backward());
static_assert(overlap.has_micro_batch() && !pipeline::action{what::reduce_grad, 1}.has_micro_batch());

constexpr std::size_t parts(pipeline::action const& of) {
  std::size_t n = 0;
  pipeline::for_each_part(of, [&](pipeline::action const&) { ++n; });
  return n;
}
static_assert(parts(overlap) == 2 && parts({what::send_f, 2, 1}) == 1);

}  // namespace
