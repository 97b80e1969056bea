// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/c10d_functional.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/views.hpp>

#include <array>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using cf::dyn;
using cf::even_split;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};

template <class Op, class... Args>
constexpr cf::call_bytes bytes(Op op, Args const&... args) {
  return cf::detail::bytes_of_call(op, cf::detail::arguments<Args...>(args...), op(args...));
}
template <class Expected>
constexpr bool is(auto const& t, Expected const& expected) {
  return std::is_same_v<std::remove_cvref_t<decltype(t)>, Expected> && t == expected;
}

using shard = cf::tensor<cf::f32, 8, 4>;  // 128 B
constexpr shard x;
constexpr cf::tensor<cf::f32, dyn, 4> mixed{8};
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});
// 16 x 16 f32 are 1024 B; their storage is 64 x 64, 16384 B.
constexpr auto window =
    cf::narrow(cf::narrow(cf::tensor<cf::f32, 64, 64>{}, size_c<0>, size_c<8>, size_c<16>), size_c<1>, size_c<8>, size_c<16>);
constexpr cf::tensor<cf::f64> scalar;  // 8 B

// all_reduce: N in, N out, S = N.
static_assert(is(fun::all_reduce(x, sum, g), shard{}) && is(fun::all_reduce(mixed, sum, g), cf::tensor<cf::f32, dyn, 4>{8}));
static_assert(is(fun::all_reduce(dynamic, sum, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::all_reduce(window, sum, g), cf::tensor<cf::f32, 16, 16>{}) &&
              is(fun::all_reduce(scalar, sum, g), cf::tensor<cf::f64>{}));
static_assert(bytes(fun::all_reduce, x, sum, g) == cf::call_bytes{.input = 128, .output = 128, .message = 128});
static_assert(bytes(fun::all_reduce, mixed, sum, g) == cf::call_bytes{128, 128, 128});
static_assert(bytes(fun::all_reduce, dynamic, sum, any_g) == cf::call_bytes{128, 128, 128});
static_assert(bytes(fun::all_reduce, window, sum, g) == cf::call_bytes{1024, 1024, 1024});
static_assert(bytes(fun::all_reduce, scalar, sum, g) == cf::call_bytes{8, 8, 8});

// all_gather: a shard in, p shards out, S = the whole vector.
static_assert(is(fun::all_gather_into_tensor(x, g.size, g), cf::tensor<cf::f32, 32, 4>{}));
static_assert(is(fun::all_gather_into_tensor(x, any_g.size, any_g), cf::tensor<cf::f32, dyn, 4>{32}));
static_assert(is(fun::all_gather_into_tensor(mixed, g.size, g), cf::tensor<cf::f32, dyn, 4>{32}));
static_assert(is(fun::all_gather_into_tensor(dynamic, 4, g), cf::dynamic_tensor(cf::f32, {32, 4})));
static_assert(is(fun::all_gather_into_tensor(scalar, g.size, g), cf::tensor<cf::f64, 4>{}));
static_assert(bytes(fun::all_gather_into_tensor, x, g.size, g) == cf::call_bytes{.input = 128, .output = 512, .message = 512});
static_assert(bytes(fun::all_gather_into_tensor, dynamic, 4, any_g) == cf::call_bytes{128, 512, 512});
static_assert(bytes(fun::all_gather_into_tensor, window, g.size, g) == cf::call_bytes{1024, 4096, 4096});
static_assert(bytes(fun::all_gather_into_tensor, scalar, g.size, g) == cf::call_bytes{8, 32, 32});

// reduce_scatter: the whole vector in, a shard out, S = the whole vector.
static_assert(is(fun::reduce_scatter_tensor(x, sum, g.size, g), cf::tensor<cf::f32, 2, 4>{}));
static_assert(is(fun::reduce_scatter_tensor(x, sum, any_g.size, any_g), cf::tensor<cf::f32, dyn, 4>{2}));
static_assert(is(fun::reduce_scatter_tensor(mixed, sum, g.size, g), cf::tensor<cf::f32, dyn, 4>{2}));
static_assert(is(fun::reduce_scatter_tensor(dynamic, sum, 4, g), cf::dynamic_tensor(cf::f32, {2, 4})));
static_assert(bytes(fun::reduce_scatter_tensor, x, sum, g.size, g) == cf::call_bytes{.input = 128, .output = 32, .message = 128});
static_assert(bytes(fun::reduce_scatter_tensor, dynamic, sum, 4, any_g) == cf::call_bytes{128, 32, 128});
static_assert(bytes(fun::reduce_scatter_tensor, window, sum, g.size, g) == cf::call_bytes{1024, 256, 1024});

// broadcast: S = N, whichever rank the root is, known while compiling or not.
static_assert(is(fun::broadcast(x, 0, g), shard{}) && is(fun::broadcast(x, size_c<3>, g), shard{}) &&
              is(fun::broadcast(x, 3, any_g), shard{}));
static_assert(bytes(fun::broadcast, x, 3, g) == cf::call_bytes{.input = 128, .output = 128, .message = 128});
static_assert(bytes(fun::broadcast, window, size_c<0>, g) == cf::call_bytes{1024, 1024, 1024});

// all_to_all: the shape stays with even blocks; with uneven ones dimension 0 is what is received, and S the larger side.
constexpr std::array two_each{2, 2, 2, 2};
constexpr std::array one_to_four{1, 2, 3, 4};
constexpr std::array<std::size_t, 4> only_to_the_last{0, 0, 0, 8};
static_assert(is(fun::all_to_all_single(x, even_split, even_split, g), shard{}));
static_assert(is(fun::all_to_all_single(mixed, even_split, even_split, g), cf::tensor<cf::f32, dyn, 4>{8}));
static_assert(is(fun::all_to_all_single(dynamic, even_split, even_split, any_g), cf::dynamic_tensor(cf::f32, {8, 4})));
static_assert(is(fun::all_to_all_single(x, one_to_four, two_each, g), cf::tensor<cf::f32, dyn, 4>{10}));
static_assert(is(fun::all_to_all_single(dynamic, one_to_four, two_each, g), cf::dynamic_tensor(cf::f32, {10, 4})));
static_assert(is(fun::all_to_all_single(x, only_to_the_last, only_to_the_last, any_g), cf::tensor<cf::f32, dyn, 4>{8}));
static_assert(bytes(fun::all_to_all_single, x, even_split, even_split, g) == cf::call_bytes{.input = 128, .output = 128, .message = 128});
static_assert(bytes(fun::all_to_all_single, window, even_split, even_split, g) == cf::call_bytes{1024, 1024, 1024});
static_assert(bytes(fun::all_to_all_single, x, one_to_four, two_each, g) == cf::call_bytes{.input = 128, .output = 160, .message = 160});
static_assert(bytes(fun::all_to_all_single, cf::tensor<cf::f32, 10, 4>{}, two_each, one_to_four, g) == cf::call_bytes{160, 128, 160});

static_assert(cf::split_sizes<std::array<int, 4>> && cf::split_sizes<std::vector<long>> && cf::split_sizes<int[4]>);
static_assert(!cf::split_sizes<cf::even_split_t> && !cf::split_sizes<int> && !cf::split_sizes<std::array<double, 4>>);

// Coalesced: one call for all tensors of a tree, of any structure; what is no tensor stays and weighs nothing.
struct weights {
  cf::tensor<cf::f32, 8> w;  // 32 B
  int step;
  cf::tensor<cf::bf16, 4> b;  // 8 B
};
constexpr weights tree{{}, 7, {}};
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(tree, sum, g)), weights> &&
              fun::all_reduce_coalesced(tree, sum, g).step == 7);
static_assert(bytes(fun::all_reduce_coalesced, tree, sum, g) == cf::call_bytes{40, 40, 40});

constexpr auto whole = fun::all_gather_into_tensor_coalesced(tree, g.size, g);
static_assert(is(get<0>(whole), cf::tensor<cf::f32, 32>{}) && get<1>(whole) == 7 && is(get<2>(whole), cf::tensor<cf::bf16, 16>{}));
static_assert(bytes(fun::all_gather_into_tensor_coalesced, tree, g.size, g) == cf::call_bytes{40, 160, 160});

constexpr auto part = fun::reduce_scatter_tensor_coalesced(tree, sum, g.size, g);
static_assert(is(get<&weights::w>(part), cf::tensor<cf::f32, 2>{}) && is(get<&weights::b>(part), cf::tensor<cf::bf16, 1>{}));
static_assert(bytes(fun::reduce_scatter_tensor_coalesced, tree, sum, g.size, g) == cf::call_bytes{40, 10, 40});
static_assert(std::is_same_v<decltype(fun::reduce_scatter_tensor_coalesced(whole, sum, g.size, g)), weights>);

static_assert(is(std::get<1>(fun::all_gather_into_tensor_coalesced(std::tuple(scalar, x), g.size, g)), cf::tensor<cf::f32, 32, 4>{}));
static_assert(bytes(fun::all_reduce_coalesced, std::array<shard, 3>{}, sum, g) == cf::call_bytes{384, 384, 384});
static_assert(bytes(fun::all_reduce_coalesced, x, sum, g) == cf::call_bytes{128, 128, 128});

// A group of one: what is gathered and scattered keeps its shape.
constexpr cf::process_group<"self", 1> self;
static_assert(is(fun::all_gather_into_tensor(x, self.size, self), shard{}) &&
              is(fun::reduce_scatter_tensor(x, sum, self.size, self), shard{}));

// What is no tensor, no group, or no rank cannot be asked about.
static_assert(!std::is_invocable_v<fun::all_reduce_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, std::tuple<shard>, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::broadcast_t, shard, double, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_reduce_t, shard, cf::reduce_op, int>);
static_assert(!std::is_invocable_v<fun::all_to_all_single_t, shard, cf::even_split_t, std::array<int, 4>, decltype(g)>);

}  // namespace
