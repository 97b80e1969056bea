// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/fsdp.hpp>

#include <commfold/commfold.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

TEST_CASE("a log with paths has the names of the units, each of a run by itself", "[parallel][fsdp]") {
  using weight = cf::tensor<cf::bf16, 8, 4>;
  auto const layer = fsdp::fully_shard(weight{}, fsdp::fully_shard(weight{}).named("attention")).named("layers");
  fsdp::sharded_model model(fsdp::fully_shard(weight{}, fsdp::alike(3, layer)), fsdp::policy{}, fsdp::mesh{cf::process_group<"dp", 4>{}});
  auto const log = cf::log_with_paths([&](auto& comm) { model.forward(comm); });
  std::vector<std::string> paths;
  for (auto const& call : log.calls()) paths.emplace_back(call.path);
  std::vector<std::string> const expected{"",          "layers[0]",          "layers[0].attention", "layers[1]", "layers[1].attention",
                                          "layers[2]", "layers[2].attention"};
  CHECK(paths == expected);
}

TEST_CASE("trees of run-time tensors are sharded by the same code", "[parallel][fsdp]") {
  cf::dynamic_group const dp("dp", 4);
  std::vector<std::vector<cf::dynamic_tensor>> const layers(2, {{cf::bf16, {8, 4}}, {cf::bf16, {8}}});
  cf::dynamic_tensor const embed(cf::bf16, {10, 4});
  auto const traffic = cf::trace<cf::dyn>([&](auto& comm) {
    fsdp::sharded_model model(fsdp::fully_shard(embed, fsdp::each(layers)), fsdp::policy{}, fsdp::mesh{dp});
    model.forward(comm);
    model.backward(comm);
  });
  // The embedding is padded to 12 rows; it is gathered and reduced once, the layers are gathered twice.
  CHECK(traffic.calls() == 1 + 2 + 2 + 2 + 1);
  CHECK(traffic.message_bytes() == 2 * 96 + 2 * 3 * 80);
}

TEST_CASE("what FSDP2 and DDP cannot do is refused in a sentence", "[parallel][fsdp]") {
  cf::dynamic_group const dp("dp", 4);
  auto const made = [&](fsdp::unit const& units, fsdp::policy const& with = {}) { fsdp::sharded_model(units, with, fsdp::mesh{dp}); };
  fsdp::parameter const weight{cf::bf16, 64, 16};
  CHECK_THROWS_AS(made(fsdp::fully_shard(weight), {.reshard_after_forward = 3}), cf::invalid_argument);
  CHECK_THROWS_AS(made(fsdp::fully_shard(weight), {.reshard_after_forward = 2}), cf::invalid_argument);
  CHECK_THROWS_AS(made(fsdp::fully_shard(fsdp::parameter{cf::bf16, 60, 6, 1})), cf::invalid_argument);
  CHECK_THROWS_AS(made(fsdp::fully_shard(weight, fsdp::parameter{cf::f32, 64, 16})), cf::invalid_argument);
  CHECK_THROWS_AS(made(fsdp::fully_shard(weight).on_mesh(1)), cf::invalid_argument);
  CHECK_THROWS_AS(made(fsdp::fully_shard(weight, cf::parallel::frozen(weight)), {.flat_parameter = true}), cf::invalid_argument);
  CHECK_THROWS_AS(fsdp::fully_shard(fsdp::cut_along(2, cf::dynamic_tensor(cf::bf16, {8, 8}))), cf::invalid_argument);
  CHECK_THROWS_AS(fsdp::sharded_model(fsdp::fully_shard(weight), fsdp::policy{}, fsdp::mesh{dp}).prefetch_in_forward(0, 1),
                  cf::invalid_argument);
}
