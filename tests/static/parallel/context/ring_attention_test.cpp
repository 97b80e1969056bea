// SPDX-License-Identifier: BSL-1.0
// By hand. PyTorch's calls are in tests/runtime/parallel/context_rows_test.cpp.
#include <commfold/parallel/context/ring_attention.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <optional>

namespace cf = commfold;
namespace context = cf::parallel::context;
using context::rotation;

namespace {

constexpr cf::process_group<"cp", 4> cp;
constexpr cf::process_group<"one", 1> one;
// A rank has 2 * 4 * 8 * 16 elements of the keys and of the values: 2048 in all, 4096 B in bfloat16 and 8192 B in float32.
constexpr context::attention of{.batch = 2, .heads = 4, .tokens = 32, .width = 16};

constexpr auto forward = [](auto const& attention) { return [=](auto& comm) { attention.forward(comm); }; };
constexpr auto backward = [](auto const& attention) { return [=](auto& comm) { attention.backward(comm); }; };

constexpr call gathered{"_c10d_functional::all_gather_into_tensor", {4096, 16384, 16384}};
constexpr call passed{"_c10d_functional::all_to_all_single", {4096, 4096, 4096}};
constexpr call gradients{"_c10d_functional::all_to_all_single", {8192, 8192, 8192}};

constexpr context::ring_attention by_gather(of, cp, 3);
static_assert(emits(forward(by_gather), {gathered}));
static_assert(emits(backward(by_gather), {gathered, gradients, gradients, gradients, gradients}));

constexpr context::ring_attention by_steps(of, cp, 0, {.rotate = rotation::all_to_all});
static_assert(emits(forward(by_steps), {passed, passed, passed}));
static_assert(emits(backward(by_steps), {passed, gradients, passed, gradients, passed, gradients, gradients}));
// Alike steps are counted, not run.
static_assert(cf::trace<8>(forward(by_steps)).calls() == 3);

// To the next rank and from the one before, around the ring.
constexpr auto log = cf::trace([](auto& comm) { by_gather.backward(comm); });
constexpr cf::call_record const last = log.rows()[1].call();
static_assert(last.input_parts()[0] == 8192 && last.input_parts()[3] == 0);
static_assert(last.output_parts()[2] == 8192 && last.output_parts()[3] == 0);

// Grouped queries: half the heads of keys and values. Values of half the width: three quarters.
constexpr context::attention grouped{.batch = 2, .heads = 4, .key_value_heads = 2, .tokens = 32, .width = 16};
static_assert(emits(forward(context::ring_attention(grouped, cp, 0)), {{"_c10d_functional::all_gather_into_tensor", {2048, 8192, 8192}}}));
constexpr context::attention narrow{.batch = 2, .heads = 4, .tokens = 32, .width = 16, .value_width = 8};
static_assert(emits(forward(context::ring_attention(narrow, cp, 0)), {{"_c10d_functional::all_gather_into_tensor", {3072, 12288, 12288}}}));

// The order of positions changes no call.
static_assert(emits(forward(context::ring_attention(of, cp, 3, {.load_balance = false})), {gathered}));

// A group of one rank sends the gradients to itself: 4 * 2048 elements of float32. No axis, no calls.
static_assert(emits(forward(context::ring_attention(of, one, 0)), {}));
static_assert(emits(backward(context::ring_attention(of, one, 0)), {{"_c10d_functional::all_to_all_single", {32768, 32768, 32768}}}));
static_assert(emits(backward(context::ring_attention(of, cf::parallel::no_axis{}, 0)), {}));
static_assert(emits(backward(context::ring_attention(of, std::optional<cf::process_group<"cp", 4>>{}, 0)), {}));

// A buffer is gathered as it is: [2, 8, 512] of bfloat16 from each rank.
static_assert(emits([](auto& comm) { context::unshard(comm, cf::tensor<cf::bf16, 2, 8, 512>{}, 1, cp); },
                    {{"_c10d_functional::all_gather_into_tensor", {16384, 65536, 65536}}}));
static_assert(emits([](auto& comm) { context::unshard(comm, cf::tensor<cf::bf16, 2, 8, 512>{}, 1, one); }, {}));

}  // namespace
