// SPDX-License-Identifier: BSL-1.0
// By hand. PyTorch's calls are in tests/runtime/parallel/expert_rows_test.cpp.
#include <commfold/parallel/expert/exchange.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>

namespace cf = commfold;
namespace expert = cf::parallel::expert;
using expert::token_counts;

namespace {

constexpr cf::process_group<"ep", 2> ep;
constexpr cf::process_group<"nodes", 2> nodes;

constexpr call exchange(std::size_t in, std::size_t out) { return {"_c10d_functional::all_to_all_single", {in, out, in < out ? out : in}}; }

constexpr auto there = [](auto const& of) {
  return [of](auto& comm) {
    of().dispatch(comm);
    of().combine(comm);
  };
};
constexpr auto back = [](auto const& of) {
  return [of](auto& comm) {
    of().combine_backward(comm);
    of().dispatch_backward(comm);
  };
};

// Rank 1 sends 5 tokens to rank 0 and 15 to itself, and gets 7 and 15. Of 16 elements in bfloat16 each is 32 B. It tells counts of 4
// experts.
constexpr auto counted = [] { return expert::expert_exchange(token_counts::of({{1, 2, 3, 4}, {5, 0, 7, 8}}), {cf::bf16, 16}, ep, 1); };
static_assert(emits(there(counted), {exchange(32, 32), exchange(640, 704), exchange(704, 640)}));
static_assert(emits(back(counted), {exchange(640, 704), exchange(704, 640)}));
static_assert(emits([](auto& comm) { counted().forward(comm); }, {exchange(32, 32), exchange(640, 704), exchange(704, 640)}));
static_assert(emits([](auto& comm) { counted().backward(comm); }, {exchange(640, 704), exchange(704, 640)}));

// Tokens for nobody are sent as 0 rows.
constexpr auto nothing = [] { return expert::rank_exchange(token_counts::of({{0, 0}, {0, 0}}), {cf::bf16, 16}, ep, 0); };
static_assert(emits(there(nothing), {exchange(0, 0), exchange(0, 0)}));

// A capacity is known beforehand, so nobody tells counts: 2 experts of 10 rows on each rank.
constexpr auto padded = [] { return expert::rank_exchange(token_counts::capacity(2, 4, 16, 2, 5, 4).by_rank(), {cf::bf16, 16}, ep, 0); };
static_assert(emits(there(padded), {exchange(1280, 1280), exchange(1280, 1280)}));

// Four shapes, for rank 0, which sends 10 tokens and gets 8.
constexpr auto shaped = [] {
  expert::token_shapes const shapes{{cf::u8, 100}, {cf::u8, 10}, {cf::u8, 1000}, {cf::u8, 1}};
  return expert::rank_exchange(token_counts::of({{3, 7}, {5, 15}}), shapes, ep, 0);
};
static_assert(emits(there(shaped), {exchange(1000, 800), exchange(80, 100)}));
static_assert(emits(back(shaped), {exchange(10000, 8000), exchange(8, 10)}));

// Between nodes, then within; back the other way round.
constexpr auto two_levels = [] {
  return expert::hierarchical_exchange(expert::rank_exchange(token_counts::of({{1, 2}, {3, 4}}), {cf::bf16, 16}, nodes, 0),
                                       expert::rank_exchange(token_counts::of({{5, 6}, {7, 8}}), {cf::bf16, 16}, ep, 1));
};
static_assert(emits(there(two_levels), {exchange(96, 128), exchange(480, 448), exchange(448, 480), exchange(128, 96)}));
static_assert(emits(back(two_levels), {exchange(96, 128), exchange(480, 448), exchange(448, 480), exchange(128, 96)}));

// As large as DeepSeek-V3 trains: a constant within the compilers' limits.
constexpr auto large = cf::trace<8>([](auto& comm) {
  expert::expert_exchange(token_counts::even(64, 256, 4096, 8), {cf::bf16, 7168}, cf::process_group<"ep", 64>{}, 63).forward(comm);
});
static_assert(large.message_bytes() == 256 * 8 + 2 * std::size_t{4096 * 8} * 7168 * 2);

// Over one rank, or no axis, nothing is sent.
constexpr cf::process_group<"one", 1> one;
constexpr auto alone = [] { return expert::expert_exchange(token_counts::even(1, 4, 16, 2), {cf::bf16, 16}, one, 0); };
static_assert(emits(there(alone), {}));
constexpr auto no_axis = [] {
  return expert::expert_exchange(token_counts::even(1, 4, 16, 2), {cf::bf16, 16}, cf::parallel::no_axis{}, 0);
};
static_assert(emits(there(no_axis), {}));

}  // namespace
