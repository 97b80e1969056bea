// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/fsdp/unit.hpp>

#include <commfold/commfold.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace fsdp = cf::parallel::fsdp;

namespace {

// 1003 rows over 8 ranks are 126 a rank; 3 rows are one from each; a dimension that is divided needs no padding.
static_assert(fsdp::parameter{cf::bf16, 1003 * 50, 1003}.shard_elements(8) == 126 * 50);
static_assert(fsdp::parameter{cf::bf16, 3 * 50, 3}.shard_elements(8) == 50);
static_assert(fsdp::parameter{cf::bf16, 3 * 64, 64, 1}.shard_elements(8) == 3 * 8);
static_assert(fsdp::parameter{cf::bf16, 0, 0}.shard_elements(8) == 0);

using layer = std::tuple<cf::tensor<cf::bf16, 8, 4>, cf::tensor<cf::bf16, 8>>;
constexpr std::size_t tokens(auto const& make) { return make().tokens().size(); }

// Two brackets and two parameters a layer; a run of alike ones is written once, whoever tells that they are alike.
static_assert(tokens([] { return fsdp::fully_shard(layer{}); }) == 4);
static_assert(tokens([] { return fsdp::fully_shard(fsdp::alike(80, fsdp::fully_shard(layer{}))); }) == 2 + 1 + 4);
static_assert(tokens([] { return fsdp::fully_shard(fsdp::each(std::array<layer, 80>{})); }) == 2 + 1 + 4);
static_assert(tokens([] { return fsdp::fully_shard(fsdp::each(std::tuple<layer, layer>{})); }) == 2 + 1 + 4);
static_assert(tokens([] { return fsdp::fully_shard(fsdp::each(std::vector(80, std::vector{cf::dynamic_tensor(cf::bf16, {8, 4})}))); }) ==
              2 + 1 + 3);
static_assert(tokens([] {
                fsdp::unit root = fsdp::fully_shard();
                for (int i = 0; i != 3; ++i) root.add(fsdp::fully_shard(layer{}));
                return root;
              }) == 2 + 1 + 4);
// Those that differ, in shape or in name, are not.
static_assert(tokens([] { return fsdp::fully_shard(fsdp::each(std::tuple<layer, cf::tensor<cf::bf16, 8>>{})); }) == 2 + 4 + 3);
static_assert(tokens([] { return fsdp::fully_shard(fsdp::fully_shard(layer{}).named("a"), fsdp::fully_shard(layer{}).named("b")); }) ==
              2 + 4 + 4);

// What the marks say of each parameter, alone and one in the other.
constexpr bool marks_are_read() {
  using cf::parallel::frozen, cf::parallel::tied, cf::parallel::unused;
  constexpr cf::tensor<cf::bf16, 8, 4> t{};
  auto const units = fsdp::fully_shard(frozen(t), unused(fsdp::cut_along(1, t)), fsdp::ignored(tied("w", t)), frozen(fsdp::fully_shard(t)),
                                       fsdp::cut_along([](auto const& of) { return of.extent(0) > 4 ? 0 : 1; }, t));
  auto const& all = units.tokens();
  fsdp::parameter const &a = all[1].parameter, &b = all[2].parameter, &c = all[3].parameter, &inside = all[5].parameter,
                        &e = all[7].parameter;
  return !a.trainable && a.used && a.dimension == 0 && a.extent == 8 && b.trainable && !b.used && b.dimension == 1 && b.extent == 4 &&
         c.ignored && c.tie == "w" && !inside.trainable && e.trainable && e.dimension == 0;
}
static_assert(marks_are_read());

}  // namespace
