// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>
#include <commfold/tree/structs/mapped_struct.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using cf::call_bytes;
using cf::dyn;
using cf::size_c;
using cf::sum;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;

// PyTorch's bool [8, 6], [3, 5] and [8]: 71 B.
using bools = std::tuple<cf::tensor<cf::boolean, 8, 6>, cf::tensor<cf::boolean, 3, 5>, cf::tensor<cf::boolean, 8>>;
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(bools{}, sum, two)), bools>);
static_assert(is_constant<71>(comm(fun::all_reduce_coalesced, bools{}, sum, two)) &&
              payload(fun::all_reduce_coalesced, bools{}, sum, two) == call_bytes{71, 71, 71});
// [8, 5] expanded from 5 B, gathered over two ranks: 80 + 30 + 16 B.
constexpr std::tuple first_expanded{cf::expand(cf::tensor<cf::boolean, 1, 5>{}, size_c<8>, size_c<5>), cf::tensor<cf::boolean, 3, 5>{},
                                    cf::tensor<cf::boolean, 8>{}};
using gathered = std::tuple<cf::tensor<cf::boolean, 16, 5>, cf::tensor<cf::boolean, 6, 5>, cf::tensor<cf::boolean, 16>>;
static_assert(std::is_same_v<decltype(fun::all_gather_into_tensor_coalesced(first_expanded, two.size, two)), gathered>);
static_assert(is_constant<126>(comm(fun::all_gather_into_tensor_coalesced, first_expanded, two.size, two)));
static_assert(payload(fun::all_gather_into_tensor_coalesced, first_expanded, two.size, two) ==
              call_bytes{.input_bytes = 63, .output_bytes = 126, .message_bytes = 126});
// float32 [8] and [4] scattered over four ranks: PyTorch counts the results, 12 B, where the single form counts the inputs, 48 B.
using vectors = std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 4>>;
static_assert(std::is_same_v<decltype(fun::reduce_scatter_tensor_coalesced(vectors{}, sum, g.size, g)),
                             std::tuple<cf::tensor<cf::f32, 2>, cf::tensor<cf::f32, 1>>>);
static_assert(is_constant<12>(comm(fun::reduce_scatter_tensor_coalesced, vectors{}, sum, g.size, g)));
static_assert(payload(fun::reduce_scatter_tensor_coalesced, vectors{}, sum, g.size, g) ==
              call_bytes{.input_bytes = 48, .output_bytes = 12, .message_bytes = 48});

// One call for all tensors of a tree of any structure; what is no tensor stays and weighs nothing. Dtypes may differ.
struct weights {
  cf::tensor<cf::f32, 8> w;  // 32 B
  int step;
  cf::tensor<cf::bf16, 4> b;  // 8 B
};
constexpr weights tree{{}, 7, {}};
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(tree, sum, g)), weights> &&
              fun::all_reduce_coalesced(tree, sum, g).step == 7);
static_assert(is_constant<40>(comm(fun::all_reduce_coalesced, tree, sum, g)) &&
              payload(fun::all_reduce_coalesced, tree, sum, g) == call_bytes{40, 40, 40});

constexpr auto whole = fun::all_gather_into_tensor_coalesced(tree, g.size, g);
static_assert(is(get<0>(whole), cf::tensor<cf::f32, 32>{}) && get<1>(whole) == 7 && is(get<2>(whole), cf::tensor<cf::bf16, 16>{}));
static_assert(payload(fun::all_gather_into_tensor_coalesced, tree, g.size, g) == call_bytes{40, 160, 160});
constexpr auto part = fun::reduce_scatter_tensor_coalesced(tree, sum, g.size, g);
static_assert(is(get<&weights::w>(part), cf::tensor<cf::f32, 2>{}) && is(get<&weights::b>(part), cf::tensor<cf::bf16, 1>{}));
static_assert(std::is_same_v<decltype(fun::reduce_scatter_tensor_coalesced(whole, sum, g.size, g)), weights>);

// Lists of any kind, and one tensor in place of a list; a view in, a fresh tensor out.
using shard = cf::tensor<cf::f32, 8, 4>;
static_assert(is(fun::all_reduce_coalesced(shard{}, sum, any_g), shard{}) &&
              is_constant<384>(comm(fun::all_reduce_coalesced, std::array<shard, 3>{}, sum, g)));
static_assert(std::is_same_v<decltype(fun::all_reduce_coalesced(std::array{cf::narrow(shard{}, size_c<0>, size_c<2>, size_c<2>)}, sum, g)),
                             std::array<cf::tensor<cf::f32, 2, 4>, 1>>);
static_assert(is_constant<128>(comm(fun::all_reduce_coalesced, std::array{cf::narrow(shard{}, size_c<0>, size_c<2>, size_c<2>)}, sum, g)));
using any = cf::tensor<cf::f32, dyn>;
static_assert(comm(fun::all_gather_into_tensor_coalesced, std::vector{any{2}, any{3}}, 4, any_g) == 80 &&
              comm(fun::reduce_scatter_tensor_coalesced, std::array{any{8}, any{4}}, sum, 4, g) == 12);
static_assert(fun::all_gather_into_tensor_coalesced(std::vector{any{2}, any{3}}, g.size, g)[1] == any{12});
static_assert(is(std::get<0>(fun::all_gather_into_tensor_coalesced(std::tuple{cf::tensor<cf::f32>{}}, g.size, g)),
                 cf::tensor<cf::f32, 4>{}));
static_assert(is_constant<0>(comm(fun::all_reduce_coalesced, std::tuple<>{}, sum, g)));

static_assert(!std::is_invocable_v<fun::all_reduce_coalesced_t, int, cf::reduce_op, decltype(g)>);
static_assert(!std::is_invocable_v<fun::all_gather_into_tensor_coalesced_t, bools, decltype(g), decltype(g)>);
static_assert(!std::is_invocable_v<fun::reduce_scatter_tensor_coalesced_t, bools, cf::reduce_op, decltype(g)>);
static_assert(!is_a_constant<[] { return fun::reduce_scatter_tensor_coalesced(std::array{any{8}, any{6}}, sum, g.size, g); }>);

}  // namespace
