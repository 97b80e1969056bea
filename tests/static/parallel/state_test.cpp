// SPDX-License-Identifier: BSL-1.0
// The numbers of the first two are those of state_full_tensor_fsdp2_tp_2x4 in torch_strategies.jsonl, in float32.
#include <commfold/parallel/state.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <tuple>

namespace cf = commfold;
using cf::parallel::cut;

namespace {

constexpr cf::process_group<"dp", 2> dp;
constexpr cf::process_group<"tp", 4> tp;
using embedding = cf::tensor<cf::f32, 512, 64>;

// Both axes cut the rows: the outer one is gathered first. [64, 64] to [128, 64] over dp, to [512, 64] over tp.
static_assert(emits([](auto& comm) { cf::parallel::full_tensor(comm, embedding{}, cut{dp}, cut{tp}); },
                    {{"_c10d_functional::all_gather_into_tensor", {16384, 32768, 32768}},
                     {"_c10d_functional::all_gather_into_tensor", {32768, 131072, 131072}}}));
// Rows and columns: the inner one first. [32, 16] to [128, 16] over tp, then [32, 64] to [64, 64] over dp.
static_assert(emits([](auto& comm) { cf::parallel::full_tensor(comm, cf::tensor<cf::f32, 64, 64>{}, cut{dp, 0}, cut{tp, 1}); },
                    {{"_c10d_functional::all_gather_into_tensor", {2048, 8192, 8192}},
                     {"_c10d_functional::all_gather_into_tensor", {8192, 16384, 16384}}}));
// What does not divide is padded: 10 rows over 4 ranks are 3 from each.
static_assert(emits([](auto& comm) { cf::parallel::full_tensor(comm, cf::tensor<cf::f32, 10, 50>{}, cut{tp}); },
                    {{"_c10d_functional::all_gather_into_tensor", {600, 2400, 2400}}}));
// Two moments of each of two parameters; a tensor on one rank, or on all, needs no call.
static_assert(cf::trace([](auto& comm) { cf::parallel::full_state(comm, std::tuple<embedding, embedding>{}, 2, cut{tp}); }).calls() == 4);
static_assert(cf::trace([](auto& comm) {
                cf::parallel::full_tensor(comm, embedding{});
                cf::parallel::full_tensor(comm, embedding{}, cut{cf::process_group<"one", 1>{}});
              }).calls() == 0);

static_assert(
    emits([](auto& comm) { cf::parallel::state_from_rank0(comm, std::tuple<embedding>{}, 598, tp); },
          {{"c10d::broadcast_", {8, 8, 8}}, {"c10d::broadcast_", {598, 598, 598}}, {"c10d::broadcast_", {131072, 131072, 131072}}}));

}  // namespace
