// SPDX-License-Identifier: BSL-1.0
// FSDP2 while compiling, by hand: a tiny model in the units that people make. Whole models are in examples/, PyTorch's calls in
// tests/runtime/parallel/fsdp_rows_test.cpp.
#include <commfold/parallel/fsdp/sharded_model.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

namespace {

constexpr cf::process_group<"dp", 4> dp;
using weight = cf::tensor<cf::bf16, 8, 4>;  // 64 B
using layers = std::array<weight, 3>;

constexpr auto train(auto const& units, fsdp::policy const& with, auto const& mesh) {
  return [=](auto& comm) {
    fsdp::sharded_model model(units(), with, mesh);
    model.forward(comm);
    model.backward(comm);
  };
}

// A root without parameters makes no call; the last unit, [norm, head], is gathered once since it stays whole.
constexpr auto titan = [] {
  fsdp::policy const whole{.reshard_after_forward = false};
  return fsdp::fully_shard(fsdp::fully_shard(weight{}), fsdp::each(layers{}), fsdp::fully_shard(std::tuple<weight, weight>{}).with(whole));
};
constexpr auto gathered = call{"c10d::_allgather_base_", {16, 64, 64}};
constexpr auto reduced = call{"c10d::_reduce_scatter_base_", {64, 16, 64}};
static_assert(emits(train(titan, {}, fsdp::mesh{dp}), {gathered,
                                                       gathered,
                                                       gathered,
                                                       gathered,
                                                       {"c10d::_allgather_base_", {32, 128, 128}},
                                                       gathered,
                                                       {"c10d::_reduce_scatter_base_", {128, 32, 128}},
                                                       gathered,
                                                       reduced,
                                                       gathered,
                                                       reduced,
                                                       gathered,
                                                       reduced,
                                                       reduced}));

// The calls of the model itself stand where its layers are: before a unit is reduced, its own gradients can be summed over another axis.
constexpr auto with_moments = [](auto& comm) {
  fsdp::sharded_model model(
      fsdp::fully_shard(weight{}, fsdp::each(layers{}, [](auto const& of) { return fsdp::fully_shard(of).named("layer"); })),
      fsdp::policy{}, fsdp::mesh{dp});
  model.assume_forward();
  model.backward(comm, {}, [&](fsdp::moment const& at) {
    if (at.reduces("layer")) comm.dist().all_reduce(cf::tensor<cf::bf16, 4>{}, cf::sum, cf::process_group<"tp", 2>{});
  });
};
constexpr auto summed = call{"c10d::allreduce_", {8, 8, 8}};
static_assert(emits(with_moments, {gathered, gathered, summed, reduced, gathered, summed, reduced, summed, reduced, reduced}));
// They are counted with the layers, not run for each.
static_assert(cf::trace<4>(with_moments).calls() == 10);

// Experts over an axis of their own: the second mesh.
constexpr auto experts = [](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(weight{}, fsdp::fully_shard(weight{}).on_mesh(1)), fsdp::policy{}, fsdp::mesh{dp},
                            fsdp::mesh{cf::process_group<"edp", 2>{}});
  model.forward(comm);
};
static_assert(emits(experts, {gathered, {"c10d::_allgather_base_", {32, 64, 64}}}));

// A pipeline's stage: nothing is reduced until it is asked for, the outermost unit first.
constexpr auto stage = [](auto& comm) {
  fsdp::sharded_model model(fsdp::fully_shard(std::tuple<weight, weight>{}, fsdp::each(layers{})), fsdp::policy{}, fsdp::mesh{dp});
  model.unshard(comm);
  for (int micro = 0; micro != 2; ++micro) {
    model.assume_forward();
    model.backward(comm, {.requires_gradient_sync = false, .reshard_after_backward = false});
  }
  model.reduce_gradients(comm);
};
constexpr auto stage_traffic = cf::trace(stage);
static_assert(stage_traffic.total([](cf::call_record const& one) { return one.op() == "c10d::_reduce_scatter_base_"; }).message_bytes ==
              128 + 3 * 64);

// Several dtypes travel as bytes; a frozen one is gathered and not reduced.
constexpr auto quantized = [] { return fsdp::fully_shard(cf::parallel::frozen(cf::tensor<cf::u8, 8, 4>{}), cf::tensor<cf::f32, 8>{}); };
static_assert(emits(train(quantized, {}, fsdp::mesh{dp}),
                    {{"c10d::_allgather_base_", {16, 64, 64}}, {"c10d::_reduce_scatter_base_", {32, 8, 32}}}));

// `replicate()`: no shard axis, whole gradients over the replicas, even where there is only one.
static_assert(emits(train(quantized, {}, fsdp::mesh{cf::parallel::no_axis{}, cf::process_group<"rep", 1>{}}),
                    {{"c10d::allreduce_", {32, 32, 32}}}));

}  // namespace
