// SPDX-License-Identifier: BSL-1.0
// The steps of examples/steps/decoder.hpp while compiling. The numbers are sums over the rows of torch_steps.jsonl that are named, by hand.
#include <examples/steps/decoder.hpp>
#include <examples/transformer.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>
#include <string_view>

namespace cf = commfold;

namespace {

template <cf::dtype D>
using tiny = transformer::llama<D, 2, 32000, 512, 1408, 512, 128>;

constexpr auto in_phase(auto const& ledger, std::string_view phase) {
  return ledger.total([&](cf::call_record const& call) { return call.phase() == phase; });
}
constexpr std::size_t over_group(auto const& ledger, std::string_view group) {
  return ledger.total([&](cf::call_record const& call) { return call.group() == group; }).message_bytes;
}

namespace fsdp2_hsdp_2x4_fp32params_mp {
constexpr steps::mesh axes{cf::process_group<"rep", 2>{}, cf::process_group<"shard", 4>{}, steps::no_axis{}};
constexpr auto traffic = cf::trace(steps::train, tiny<cf::f32>{}, axes, steps::options{.data = {.reduce_dtype = cf::f32}});
static_assert(traffic.calls() == 12);
static_assert(in_phase(traffic, "forward").message_bytes == 65'537'024 + 2 * 5'638'144);
static_assert(in_phase(traffic, "backward").message_bytes == 2 * 5'638'144 + 153'626'624 + 38'406'656);
static_assert(over_group(traffic, "rep") == 38'406'656);
static_assert(in_phase(traffic, "clip").message_bytes == 84);
}  // namespace fsdp2_hsdp_2x4_fp32params_mp

namespace tp_sp_w4 {
constexpr steps::mesh axes{steps::no_axis{}, steps::no_axis{}, cf::process_group<"tp", 4>{}};
constexpr steps::options with{.tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2, .sequence_parallel = true}};
constexpr auto traffic = cf::trace(steps::train, tiny<cf::bf16>{}, axes, with);
static_assert(in_phase(traffic, "forward").calls == 15);
static_assert(in_phase(traffic, "forward").message_bytes == 10 * 131'072 + 4 * 32'768 + 8'192'000);
static_assert(in_phase(traffic, "backward") == cf::traffic_totals{10, 5 * (131'072 + 32'768), 5 * (131'072 + 32'768), 10 * 131'072});
static_assert(in_phase(traffic, "clip").calls == 6);
static_assert(in_phase(traffic, "clip").message_bytes == 5 * 1024 + 42);
static_assert(in_phase(traffic, "optim").message_bytes == 15 * 1024);

// Sixteen matrices are sent once each, 38 404 096 elements, where PyTorch counts 295 436 288 B of storage.
constexpr auto init = cf::trace(steps::init, tiny<cf::bf16>{}, axes, with);
static_assert(init.calls() == 16);
static_assert(init.message_bytes() == 76'808'192);

// With a sharded loss no logits are gathered: three numbers a token in their place.
constexpr steps::options sharded_loss{
    .tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2, .sequence_parallel = true, .loss_parallel = true}};
constexpr auto less = cf::trace(steps::train, tiny<cf::bf16>{}, axes, sharded_loss);
static_assert(in_phase(less, "forward").message_bytes == 10 * 131'072 + 4 * 32'768);
static_assert(in_phase(less, "loss").message_bytes == 512 + 512 + 256);
}  // namespace tp_sp_w4

// No row has this one: FSDP2 as the rows of hsdp_tp_sp_2x2x2, where a rank of the tensor axis holds 16 384 512 elements of the root and
// 1 410 048 of a layer, and 2 ranks divide the 2 key and value heads.
namespace fsdp2_tp_sp_4x2 {
constexpr steps::mesh axes{steps::no_axis{}, cf::process_group<"dp", 4>{}, cf::process_group<"tp", 2>{}};
constexpr steps::options with{.tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2, .sequence_parallel = true}};
constexpr auto traffic = cf::trace(steps::train, tiny<cf::bf16>{}, axes, with);
static_assert(in_phase(traffic, "forward").calls == 3 + 5 + 6);
static_assert(in_phase(traffic, "backward").calls == 2 + 5 + 5 + 5 + 3);
static_assert(in_phase(traffic, "clip").calls == 2);
static_assert(traffic.calls() == 36);
static_assert(over_group(traffic, "dp") == 44'049'408 + 38'409'216 + 42);
static_assert(over_group(traffic, "tp") == 9'502'720 + 1'310'720 + 5 * 1024 + 42);
}  // namespace fsdp2_tp_sp_4x2

// FSDP2 over one rank neither gathers nor scatters; its replicas, however many, agree on whole gradients.
static_assert(emits(
    [](auto& comm) {
      constexpr steps::mesh replicas{cf::process_group<"rep", 8>{}, cf::process_group<"shard", 1>{}, steps::no_axis{}};
      steps::forward(comm, tiny<cf::bf16>{}, replicas, steps::options{});
      steps::backward(comm, tiny<cf::bf16>{}, replicas, steps::options{});
    },
    {{"c10d::allreduce_", {5'638'144, 5'638'144, 5'638'144}},
     {"c10d::allreduce_", {5'638'144, 5'638'144, 5'638'144}},
     {"c10d::allreduce_", {65'537'024, 65'537'024, 65'537'024}}}));

// DTensor redistributes nothing over an axis of one rank: of the tensor axis nothing is left but the scatters of the beginning, and the
// norm of the gradients is summed over several ranks alone. Whether the type or the value of a group tells makes no difference.
namespace axes_of_one {
constexpr std::size_t calls_over(auto const& ledger, std::string_view group) {
  return ledger.total([&](cf::call_record const& call) { return call.group() == group; }).calls;
}
constexpr bool silent(auto const& axes, steps::options const& with) {
  return calls_over(cf::trace<128>(steps::train, tiny<cf::bf16>{}, axes, with), "tp") == 0;
}
constexpr steps::options plain{.tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2}};
constexpr steps::options sequence{.tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2, .sequence_parallel = true}};
constexpr steps::options loss{.tensor = {.sequences = 2, .tokens = 64, .key_value_heads = 2, .loss_parallel = true}};
constexpr cf::process_group<"tp", 1> one;
constexpr cf::process_group<"tp"> any_one{1};
constexpr steps::mesh sharded{steps::no_axis{}, cf::process_group<"dp", 8>{}, one};
constexpr steps::mesh any_sharded{steps::no_axis{}, cf::process_group<"dp", 8>{}, any_one};
constexpr steps::mesh alone{steps::no_axis{}, steps::no_axis{}, one};
static_assert(silent(sharded, plain) && silent(sharded, sequence) && silent(sharded, loss));
static_assert(silent(any_sharded, plain) && silent(any_sharded, sequence) && silent(any_sharded, loss));
static_assert(silent(alone, plain) && silent(alone, sequence) && silent(alone, loss));
static_assert(cf::trace(steps::train, tiny<cf::bf16>{}, alone, sequence).calls() == 0);
// 21 gradients: 42 B over dp, once.
constexpr auto traffic = cf::trace(steps::train, tiny<cf::bf16>{}, sharded, sequence);
static_assert(in_phase(traffic, "clip") == cf::traffic_totals{1, 42, 42, 42});
static_assert(traffic.calls() == 3 + 2 + 3 + 1);
// The scatters of the sixteen matrices, each to the one rank.
constexpr auto init = cf::trace(steps::init, tiny<cf::bf16>{}, sharded, sequence);
static_assert(init.calls() == 16 && init.message_bytes() == 76'808'192);
// HSDP whose shards are whole: mesh (8, 1). The replicas average whole gradients, and nobody adds up a norm.
constexpr steps::mesh replicas{cf::process_group<"rep", 8>{}, cf::process_group<"shard", 1>{}, steps::no_axis{}};
constexpr auto replicated = cf::trace(steps::train, tiny<cf::bf16>{}, replicas, steps::options{});
static_assert(replicated.calls() == 3 && calls_over(replicated, "shard") == 0);
}  // namespace axes_of_one

// The order: a unit is gathered before the layer's own calls, and the unit before it while the gradients of this one are computed.
static_assert(emits(
    [](auto& comm) {
      steps::backward(comm, transformer::llama<cf::bf16, 2, 8, 4, 8, 4, 4>{},
                      steps::mesh{steps::no_axis{}, cf::process_group<"dp", 2>{}, cf::process_group<"tp", 2>{}},
                      steps::options{.tensor = {.tokens = 2, .key_value_heads = 2, .sequence_parallel = true}});
    },
    // A layer holds 4 * 2*4 of attention, 3 * 4*4 of the feed-forward and 8 of norms: 88 elements. The root 2 * 4*4 + 4 = 36.
    {{"c10d::_allgather_base_", {88, 176, 176}},
     {"_c10d_functional::reduce_scatter_tensor", {16, 8, 16}},
     {"c10d::_allgather_base_", {88, 176, 176}},
     {"_c10d_functional::all_gather_into_tensor", {8, 16, 16}},
     {"_c10d_functional::reduce_scatter_tensor", {16, 8, 16}},
     {"_c10d_functional::all_gather_into_tensor", {8, 16, 16}},
     {"_c10d_functional::reduce_scatter_tensor", {16, 8, 16}},
     {"_c10d_functional::all_reduce", {8, 8, 8}},
     {"_c10d_functional::all_reduce", {8, 8, 8}},
     {"c10d::_reduce_scatter_base_", {176, 88, 176}},
     {"_c10d_functional::all_gather_into_tensor", {8, 16, 16}},
     {"_c10d_functional::reduce_scatter_tensor", {16, 8, 16}},
     {"_c10d_functional::all_gather_into_tensor", {8, 16, 16}},
     {"_c10d_functional::reduce_scatter_tensor", {16, 8, 16}},
     {"_c10d_functional::all_reduce", {8, 8, 8}},
     {"_c10d_functional::all_reduce", {8, 8, 8}},
     {"c10d::_reduce_scatter_base_", {176, 88, 176}},
     {"_c10d_functional::all_gather_into_tensor", {8, 16, 16}},
     {"_c10d_functional::all_reduce", {8, 8, 8}},
     {"c10d::_reduce_scatter_base_", {72, 36, 72}}}));

}  // namespace
