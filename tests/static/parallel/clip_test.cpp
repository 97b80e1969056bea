// SPDX-License-Identifier: BSL-1.0
// The numbers are those of clip_default_hsdp_tp_sp_2x2x2 and clip_inf_fsdp2_w8 in torch_strategies.jsonl.
#include <commfold/parallel/clip.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

namespace cf = commfold;
using cf::parallel::norm_kind;

namespace {

constexpr cf::process_group<"shard", 2> shard;
constexpr cf::process_group<"tp", 2> tp;
constexpr cf::process_group<"one", 1> one;

static_assert(emits([](auto& comm) { cf::parallel::reduce_norms(comm, 12, cf::bf16, norm_kind::finite, shard, one, tp); },
                    {{"_c10d_functional::all_reduce", {24, 24, 24}}, {"_c10d_functional::all_reduce", {24, 24, 24}}}));
constexpr auto infinity = [](auto& comm) {
  cf::parallel::reduce_norms(comm, 12, cf::bf16, norm_kind::infinity, shard);
  cf::parallel::full_norm(comm, cf::bf16, norm_kind::infinity, shard);
};
static_assert(emits(infinity, {{"_c10d_functional::all_reduce", {2, 2, 2}}, {"_c10d_functional::all_reduce", {2, 2, 2}}}));

// No gradient, no axis of several ranks, or a norm that is whole: no call.
constexpr auto nothing = [](auto& comm) {
  cf::parallel::reduce_norms(comm, 0, cf::bf16, norm_kind::finite, shard);
  cf::parallel::reduce_norms(comm, 12, cf::bf16, norm_kind::finite, one, cf::parallel::no_axis{});
  cf::parallel::full_norm(comm, cf::bf16, norm_kind::finite, shard);
};
static_assert(emits(nothing, {}));

}  // namespace
