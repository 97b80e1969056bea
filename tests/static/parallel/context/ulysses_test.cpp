// SPDX-License-Identifier: BSL-1.0
// By hand. The calls of a program under PyTorch are in tests/runtime/parallel/context_rows_test.cpp.
#include <commfold/parallel/context/ulysses.hpp>

#include <commfold/commfold.hpp>

#include <tests/support/emits.hpp>

#include <cstddef>

namespace cf = commfold;
namespace context = cf::parallel::context;

namespace {

constexpr cf::process_group<"cp", 2> cp;

constexpr call exchange(std::size_t bytes) { return {"_c10d_functional::all_to_all_single", {bytes, bytes, bytes}}; }

// [2, 2, 8 / 2, 32 / 2, width] of bfloat16: 512 B for each element of width. Keys and values have a quarter of the heads.
constexpr context::attention of{.batch = 2, .heads = 8, .key_value_heads = 2, .tokens = 32, .width = 12, .value_width = 8};
constexpr context::ulysses_attention attention(of, cp);
static_assert(emits([](auto& comm) { attention.forward(comm); }, {exchange(6144), exchange(1536), exchange(1024), exchange(4096)}));
static_assert(emits([](auto& comm) { attention.backward(comm); }, {exchange(4096), exchange(1024), exchange(1536), exchange(6144)}));

constexpr context::ulysses_attention alone(of, cf::parallel::no_axis{});
static_assert(emits([](auto& comm) { alone.backward(comm); }, {}));

}  // namespace
