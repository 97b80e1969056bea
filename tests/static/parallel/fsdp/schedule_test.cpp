// SPDX-License-Identifier: BSL-1.0
// The states that a forward and a backward leave units in. Which calls they make is held against PyTorch in
// tests/runtime/parallel/fsdp_rows_test.cpp.
#include <commfold/parallel/fsdp/schedule.hpp>

#include <cstddef>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;
using fsdp::holding;

namespace {

constexpr fsdp::parameter weight{cf::bf16, 64 * 64, 64};

/// A root with a parameter and two layers, over 8 ranks, or with groups of 2.
constexpr fsdp::schedule two_layers(fsdp::policy const& with = {}) {
  return {fsdp::fully_shard(weight, fsdp::alike(2, fsdp::fully_shard(weight))), with, {{.shard = 8, .reshard = 2}}};
}
constexpr bool states(fsdp::schedule const& of, holding root, holding layers) {
  return of.state(0) == root && of.state(1) == layers && of.state(2) == layers;
}

constexpr bool after_its_forward_a_layer_is_sharded_and_the_root_whole() {
  fsdp::schedule units = two_layers();
  static_cast<void>(units.forward({}, true));
  return states(units, holding::whole, holding::sharded);
}
static_assert(after_its_forward_a_layer_is_sharded_and_the_root_whole());

constexpr bool a_number_reshards_the_root_too() {
  fsdp::schedule units = two_layers({.reshard_after_forward = 2});
  static_cast<void>(units.forward({}, true));
  return states(units, holding::resharded, holding::resharded);
}
static_assert(a_number_reshards_the_root_too());

constexpr bool after_the_backward_all_are_sharded_unless_told_otherwise() {
  fsdp::schedule units = two_layers();
  static_cast<void>(units.forward({}, true));
  static_cast<void>(units.backward({}, {.reshard_after_backward = false}));
  if (!states(units, holding::whole, holding::whole)) return false;
  static_cast<void>(units.forward({}, true));
  static_cast<void>(units.backward({}, {}));
  return states(units, holding::sharded, holding::sharded);
}
static_assert(after_the_backward_all_are_sharded_unless_told_otherwise());

// Two layers, or a hundred: in the forward all do the same; in the backward the last one has no layer before it to gather.
constexpr std::size_t events(std::size_t layers, bool merged) {
  fsdp::schedule units(fsdp::fully_shard(weight, fsdp::alike(layers, fsdp::fully_shard(weight))), {}, {{.shard = 8}});
  fsdp::schedule::form const form{.merged = merged};
  std::size_t const forward = units.forward(form, true).size();
  return forward + units.backward(form, {}).size();
}
static_assert(events(100, true) == events(3, true) && events(100, true) == (1 + 2) + (1 + 3 + 2 + 1));
static_assert(events(100, false) == (1 + 100) + (100 + 100 + 1));

// How gradients are reduced: by an average, but float16 and float64 by a sum; by a factor of one's own, unless it is the number of shards.
constexpr cf::reduce_op scattered_by(cf::dtype of, fsdp::policy with, std::size_t shards = 8, std::size_t replicas = 0) {
  with.reduce_dtype = of;
  return fsdp::schedule(fsdp::fully_shard(weight), with, {{.shard = shards, .replicate = replicas}}).units().at(0).scatter_op();
}
static_assert(scattered_by(cf::bf16, {}) == cf::avg && scattered_by(cf::f32, {}) == cf::avg);
static_assert(scattered_by(cf::f16, {}) == cf::sum && scattered_by(cf::f64, {}) == cf::sum);
static_assert(scattered_by(cf::bf16, {.gradient_divide_factor = 8.0}) == cf::avg);
static_assert(scattered_by(cf::bf16, {.gradient_divide_factor = 16.0}) == cf::reduce_op::premul_sum);
static_assert(scattered_by(cf::bf16, {.force_sum = true}) == cf::sum && scattered_by(cf::bf16, {}, 1) == cf::sum);
static_assert(scattered_by(cf::bf16, {}, 1, 8) == cf::avg);

// FSDP1 pads a unit once, FSDP2 each parameter: 10 and 7 rows of 4 over 8 ranks.
constexpr std::size_t gathered_by_one(bool flat) {
  auto const units = fsdp::fully_shard(fsdp::parameter{cf::bf16, 40, 10}, fsdp::parameter{cf::bf16, 28, 7});
  return fsdp::schedule(units, {.flat_parameter = flat}, {{.shard = 8}}).units().at(0).gathered_shard;
}
static_assert(gathered_by_one(true) == 9 && gathered_by_one(false) == 8 + 4);

}  // namespace
