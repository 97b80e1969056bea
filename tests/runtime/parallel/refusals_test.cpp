// SPDX-License-Identifier: BSL-1.0
// What context, expert and pipeline parallelism and ZeRO refuse, and in which words. Some of it is refused while compiling, too:
// tests/compile_fail/parallel.
#include <commfold/commfold.hpp>
#include <commfold/parallel/context.hpp>
#include <commfold/parallel/expert.hpp>
#include <commfold/parallel/pipeline.hpp>
#include <commfold/parallel/zero.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;
namespace context = cf::parallel::context;
namespace expert = cf::parallel::expert;
namespace pipeline = cf::parallel::pipeline;
namespace zero = cf::parallel::zero;
using Catch::Matchers::ContainsSubstring;
using expert::token_counts;

namespace {

cf::dynamic_group const four("axis", 4);

}  // namespace

TEST_CASE("context parallelism refuses what the axis does not divide", "[parallel][context]") {
  context::attention of{.heads = 4, .key_value_heads = 4, .tokens = 24, .width = 8};
  CHECK_NOTHROW(context::ring_attention(of, four, 3));
  CHECK_THROWS_WITH(context::ring_attention(of, four, 4), ContainsSubstring("rank 4 is not one of the 4 ranks of the axis"));
  CHECK_NOTHROW(context::ulysses_attention(of, four));

  // Each rank has two pieces if the work is balanced, else one; Ulysses has one.
  of.tokens = 20;
  CHECK_THROWS_WITH(context::ring_attention(of, four, 0),
                    ContainsSubstring("20 tokens are cut into 8 parts for 4 ranks, which do not divide them"));
  CHECK_NOTHROW(context::ring_attention(of, four, 0, {.load_balance = false}));
  CHECK_NOTHROW(context::ulysses_attention(of, four));
  of.tokens = 18;
  CHECK_THROWS_WITH(context::ring_attention(of, four, 0, {.load_balance = false}), ContainsSubstring("18 tokens are cut into 4 parts"));
  CHECK_THROWS_WITH(context::ulysses_attention(of, four), ContainsSubstring("18 tokens are cut into 4 parts"));

  of.tokens = 16;
  of.key_value_heads = 2;
  CHECK_NOTHROW(context::ring_attention(of, four, 0));
  CHECK_THROWS_WITH(context::ulysses_attention(of, four), ContainsSubstring("4 ranks do not divide 2 heads"));
}

TEST_CASE("counts of tokens are refused where they are no table, or no whole numbers", "[parallel][expert]") {
  CHECK_THROWS_WITH(token_counts::of({}), ContainsSubstring("tokens go from ranks to experts, not from 0 to 0"));
  CHECK_THROWS_WITH(token_counts::of({{}, {}}), ContainsSubstring("not from 2 to 0"));
  CHECK_THROWS_WITH(token_counts::of({{1, 2}, {1}}), ContainsSubstring("row 1 has 1 numbers, and row 0 has 2"));
  CHECK_THROWS_WITH(token_counts::even(0, 4, 16, 2), ContainsSubstring("not from 0 to 4"));
  CHECK_THROWS_WITH(token_counts::even(2, 0, 16, 0), ContainsSubstring("not from 2 to 0"));
  CHECK_THROWS_WITH(token_counts::even(2, 4, 15, 2), ContainsSubstring("4 experts do not share 30 tokens evenly"));
  CHECK_THROWS_WITH(token_counts::even(2, 4, 16, 5), ContainsSubstring("a token goes to 5 different experts of 4"));
  CHECK_THROWS_WITH(token_counts::capacity(2, 4, 16, 5, 1), ContainsSubstring("a token goes to 5 different experts of 4"));
  CHECK_THROWS_WITH(token_counts::capacity(2, 4, 16, 2, 1, 0), ContainsSubstring("a capacity factor is 1 / 0"));
  CHECK_THROWS_WITH(token_counts::skewed(2, {3, 1, 1}, 16, 2), ContainsSubstring("the share of expert 0, 3 of 5, of 32 tokens"));
  CHECK_THROWS_WITH(token_counts::skewed(2, {5, 2, 1, 0}, 16, 2), ContainsSubstring("expert 0 would get 20 of 16 tokens"));
  CHECK_THROWS_WITH(token_counts::skewed(2, {0, 0}, 16, 2), ContainsSubstring("0 of 0"));
  CHECK_THROWS_WITH(token_counts::even(4, 6, 24, 2).by_rank(), ContainsSubstring("4 ranks do not divide 6 experts"));
}

TEST_CASE("an exchange refuses counts that do not fit the group", "[parallel][expert]") {
  expert::token_shape const shape{cf::bf16, 16};
  CHECK_THROWS_WITH(expert::expert_exchange(token_counts::even(2, 8, 24, 2), shape, four, 0),
                    ContainsSubstring("the counts are of 2 ranks and 2, and the axis has 4 ranks"));
  CHECK_THROWS_WITH(expert::rank_exchange(token_counts::even(4, 8, 24, 2), shape, four, 0),
                    ContainsSubstring("the counts are of 4 ranks and 8, and the axis has 4 ranks"));
  CHECK_THROWS_WITH(expert::expert_exchange(token_counts::even(4, 8, 24, 2), shape, four, 4),
                    ContainsSubstring("rank 4 is not one of the 4 ranks of the axis"));
}

TEST_CASE("routes are refused where an expert, a node or a place is not there", "[parallel][expert]") {
  CHECK_THROWS_WITH(expert::routes(8, {}), ContainsSubstring("0 ranks do not divide 8 experts"));
  CHECK_THROWS_WITH(expert::routes(0, {{{}}, {{}}}), ContainsSubstring("2 ranks do not divide 0 experts"));
  CHECK_THROWS_WITH(expert::routes(9, {{{0}}, {{1}}}), ContainsSubstring("2 ranks do not divide 9 experts"));
  CHECK_THROWS_WITH(expert::routes(8, {{{0}}, {{8}}}), ContainsSubstring("a token chose expert 8 of 8"));
  CHECK_THROWS_WITH(expert::routes(8, {{{0}}, {{3, 4, 3}}}), ContainsSubstring("a token chose expert 3 twice"));
  expert::routes const chosen(8, {{{0}}, {{1}}, {}, {{2}}});
  CHECK_THROWS_WITH(chosen.once_per_node(3, 0), ContainsSubstring("4 ranks are not on nodes of 3"));
  CHECK_THROWS_WITH(chosen.once_per_node(0, 0), ContainsSubstring("4 ranks are not on nodes of 0"));
  CHECK_THROWS_WITH(chosen.once_per_node(2, 2), ContainsSubstring("a node of 2 ranks has no place 2"));
  CHECK_THROWS_WITH(chosen.once_within_node(3, 0), ContainsSubstring("4 ranks are not on nodes of 3"));
  CHECK_THROWS_WITH(chosen.once_within_node(2, 2), ContainsSubstring("there is no node 2 of 2"));
  CHECK_THROWS_WITH(expert::mean_ranks_of_token(8, 2, 3), ContainsSubstring("3 ranks do not divide 8 experts"));
  CHECK_THROWS_WITH(expert::mean_ranks_of_token(8, 9, 4), ContainsSubstring("a token goes to 9 different experts of 8"));
}

TEST_CASE("DeepEP sends bfloat16 and fp8 in whole blocks", "[parallel][expert]") {
  CHECK_THROWS_WITH(expert::deep_ep_shapes({cf::f32, 7168}, 8), ContainsSubstring("DeepEP sends bfloat16 or float8_e4m3fn, not float32"));
  CHECK_THROWS_WITH(expert::deep_ep_shapes({cf::bf16, 7164}, 8), ContainsSubstring("7164 elements of bfloat16 in blocks of 8"));
  CHECK_THROWS_WITH(expert::deep_ep_shapes({cf::f8e4m3fn, 7104}, 8), ContainsSubstring("7104 elements of float8_e4m3fn in blocks of 128"));
}

TEST_CASE("a schedule refuses ranks, stages and micro-batches that it cannot run", "[parallel][pipeline]") {
  using enum pipeline::schedule_kind;
  auto const refused = [](pipeline::schedule_kind kind, std::size_t ranks, std::size_t stages, std::size_t micro_batches,
                          char const* words) {
    CHECK_THROWS_WITH(pipeline::schedule(kind, ranks, stages, micro_batches), ContainsSubstring(words));
  };
  refused(gpipe, 0, 1, 4, "GPipe: needs a rank, a stage and a micro-batch, and is given 0, 1 and 4");
  refused(looped_bfs, 4, 0, 4, "LoopedBFS: needs a rank, a stage and a micro-batch, and is given 4, 0 and 4");
  refused(one_f_one_b, 4, 1, 0, "1F1B: needs a rank, a stage and a micro-batch, and is given 4, 1 and 0");
  refused(gpipe, 4, 2, 4, "GPipe: has one stage a rank, not 2");
  refused(one_f_one_b, 4, 2, 4, "1F1B: has one stage a rank, not 2");
  refused(zbv_zero_bubble, 4, 1, 8, "ZBVZeroBubble: has two stages a rank, not 1");
  refused(dualpipe_v, 4, 3, 12, "DualPipeV: has two stages a rank, not 3");
  refused(interleaved_1f1b, 4, 2, 9, "Interleaved1F1B: goes in 2 rounds over 4 ranks, which do not divide 9 micro-batches");
  refused(interleaved_zero_bubble, 4, 2, 9, "InterleavedZeroBubble: goes in 2 rounds over 4 ranks, which do not divide 9 micro-batches");
  refused(dualpipe_v, 4, 2, 7, "DualPipeV: needs as many micro-batches as there are stages, 8, and there are 7");
  CHECK_NOTHROW(pipeline::schedule(interleaved_1f1b, 4, 2, 3));
  CHECK_NOTHROW(pipeline::schedule(dualpipe_v, 4, 2, 8));

  pipeline::schedule const of(one_f_one_b, 4, 1, 4);
  CHECK_THROWS_WITH(of.actions_of(4), ContainsSubstring("1F1B: has 4 ranks, and is asked for rank 4"));
  cf::dynamic_tensor const handed_on(cf::bf16, {8, 16});
  auto const played = [&](std::size_t ranks) {
    return cf::trace<cf::dyn>(
        [&](auto& comm) { pipeline::play(comm, of, 0, cf::dynamic_group("pp", ranks), handed_on, [](pipeline::action const&) {}); });
  };
  CHECK_THROWS_WITH(played(2), ContainsSubstring("the schedule has 4 ranks, and the axis has 2"));
  CHECK(played(4).calls() == 8);
}

TEST_CASE("ZeRO refuses gradients of two dtypes, and a model without gradients", "[parallel][zero]") {
  cf::parallel::ddp::piece const bf16{cf::bf16, 64, 2, 8, true}, f32{cf::f32, 64, 2, 8, true}, frozen{cf::f32, 64, 2, 8, false};
  auto const made = [](zero::module const& of) { return zero::partitioned_model(zero::stage::optimizer, {of}, four); };
  CHECK_THROWS_WITH(made({bf16, f32}), ContainsSubstring("gradients of bfloat16 and float32 are not reduced in one bucket"));
  CHECK_THROWS_WITH(made({frozen}), ContainsSubstring("no parameter of the model needs a gradient: there is nothing to share"));
  CHECK_NOTHROW(made({bf16, frozen}));
}
