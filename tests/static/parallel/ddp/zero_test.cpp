// SPDX-License-Identifier: BSL-1.0
// The numbers are those of ddp_zero_bucket_view_w2 in torch_strategies.jsonl.
#include <commfold/parallel/ddp/zero.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <cstddef>

namespace cf = commfold;
namespace ddp = cf::parallel::ddp;

namespace {

struct net {
  cf::tensor<cf::f32, 400, 300> a;
  cf::tensor<cf::f32, 400> a_bias;
  cf::tensor<cf::f32, 500, 400> b;
  cf::tensor<cf::f32, 500> b_bias;
  cf::tensor<cf::f32, 500, 500> c;
  cf::tensor<cf::f32, 500> c_bias;
  cf::tensor<cf::f32, 10, 500> d;
  cf::tensor<cf::f32, 10> d_bias;
};
constexpr cf::process_group<"world", 2> world;

constexpr bool the_largest_go_to_the_lightest() {
  ddp::zero_redundancy_optimizer const zero(net{}, world);
  constexpr std::array<std::size_t, 8> ranks{1, 0, 1, 0, 0, 0, 0, 0};
  for (std::size_t i = 0; i != ranks.size(); ++i)
    if (zero.rank_of(i) != ranks[i]) return false;
  return true;
}
static_assert(the_largest_go_to_the_lightest());

static_assert(emits([](auto& comm) { ddp::zero_redundancy_optimizer(net{}, world).broadcast_bucket_views(comm); },
                    {{"c10d::broadcast_", {1'025'640, 1'025'640, 1'025'640}}, {"c10d::broadcast_", {1'280'000, 1'280'000, 1'280'000}}}));
// One a parameter: rank 0 has c, d, and the biases; rank 1 b and a.
constexpr auto one_by_one = cf::trace([](auto& comm) { ddp::zero_redundancy_optimizer(net{}, world).broadcast(comm); });
static_assert(one_by_one.calls() == 8 && one_by_one.message_bytes() == 1'025'640 + 1'280'000);

}  // namespace
