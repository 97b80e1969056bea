// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/twin.hpp>

#include <commfold/op/rows/all_gather.hpp>
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/op/rows/reduce_scatter.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
namespace autograd = commfold::c10d_functional_autograd;
namespace fun = commfold::c10d_functional;
using call::comm;
using call::is;
using call::is_a_constant;
using call::is_constant;
using call::payload;
using call::received_from;
using call::sent_to;
using cf::call_bytes;
using cf::even_split;
using cf::sum;
using vector = std::vector<std::size_t>;

constexpr cf::process_group<"g", 4> g;
constexpr cf::process_group<"g"> any_g{4};
constexpr cf::process_group<"pair", 2> two;
constexpr cf::tensor<cf::f32, 8, 4> x;  // 128 B
constexpr cf::dynamic_tensor dynamic(cf::f32, {8, 4});

// All of a functional row but its name.
template <class Row, class Functional>
constexpr bool is_twin_of =
    Row::schema == Functional::schema && Row::kind == Functional::kind && Row::rules == Functional::rules && Row::name != Functional::name;
static_assert(is_twin_of<autograd::all_gather_into_tensor_t, fun::all_gather_into_tensor_t> &&
              is_twin_of<autograd::reduce_scatter_tensor_t, fun::reduce_scatter_tensor_t> &&
              is_twin_of<autograd::all_to_all_single_t, fun::all_to_all_single_t>);

// The numbers of the forward calls, under names of their own.
static_assert(is(autograd::all_gather_into_tensor(x, g.size, g), cf::tensor<cf::f32, 32, 4>{}) &&
              is(autograd::all_gather_into_tensor(dynamic, 4, any_g), cf::dynamic_tensor(cf::f32, {32, 4})));
static_assert(is_constant<512>(comm(autograd::all_gather_into_tensor, x, g.size, g)) &&
              payload(autograd::all_gather_into_tensor, x, g.size, g) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 512, .message_bytes = 512});

static_assert(is(autograd::reduce_scatter_tensor(x, sum, g.size, g), cf::tensor<cf::f32, 2, 4>{}) &&
              is(autograd::reduce_scatter_tensor(dynamic, sum, 4, any_g), cf::dynamic_tensor(cf::f32, {2, 4})));
static_assert(is_constant<128>(comm(autograd::reduce_scatter_tensor, x, sum, g.size, g)) &&
              payload(autograd::reduce_scatter_tensor, x, sum, g.size, g) ==
                  call_bytes{.input_bytes = 128, .output_bytes = 32, .message_bytes = 128});

constexpr std::array one_two{1, 2};
constexpr std::array eight_none{8, 0};
static_assert(is(autograd::all_to_all_single(x, one_two, eight_none, two), cf::tensor<cf::f32, cf::dyn, 4>{3}) &&
              is(autograd::all_to_all_single(x, even_split, even_split, g), x));
static_assert(comm(autograd::all_to_all_single, x, one_two, eight_none, two) == 176 &&
              is_constant<256>(comm(autograd::all_to_all_single, x, even_split, even_split, g)));
static_assert(payload(autograd::all_to_all_single, x, one_two, eight_none, two) ==
              call_bytes{.input_bytes = 128, .output_bytes = 48, .message_bytes = 128});
static_assert(sent_to(autograd::all_to_all_single, x, one_two, eight_none, two) == vector{128, 0} &&
              received_from(autograd::all_to_all_single, x, one_two, eight_none, two) == vector{16, 32});

static_assert(!std::is_invocable_v<autograd::all_gather_into_tensor_t, int, int, decltype(g)> &&
              !std::is_invocable_v<autograd::reduce_scatter_tensor_t, decltype(x), int, decltype(g)> &&
              !std::is_invocable_v<autograd::all_to_all_single_t, decltype(x), decltype(g)>);
static_assert(!is_a_constant<[] { return autograd::reduce_scatter_tensor(dynamic, sum, 3, g); }> &&
              !is_a_constant<[] { return autograd::all_to_all_single(x, eight_none, one_two, two); }>);

}  // namespace
