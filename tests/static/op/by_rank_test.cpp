// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/by_rank.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/tensor/view_functions.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <vector>

namespace {
namespace cf = commfold;
namespace detail = commfold::detail;
using call::is_a_constant;
using cf::even_split;
using detail::arg;
using vector = std::vector<std::size_t>;

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using f32x1 = cf::tensor<cf::f32, 1>;  // 4 B
using any = cf::tensor<cf::f32, cf::dyn>;
constexpr cf::process_group<"g", 2> g;
constexpr cf::process_group<"g"> any_g{2};

template <class Rule, class... Args>
constexpr vector over(auto const& group, Args const&... args) {
  return detail::bytes_by_rank<Rule>(group, 0, std::tuple<Args...>(args...));
}

// A list with one entry a rank, and lists of such lists, whose entries add up.
using one_list = detail::each<arg<0>>;
using lists = detail::each_of_each<arg<0>>;
static_assert(over<one_list>(g, std::tuple<f32x4, f32x1>{}) == vector{16, 4});
static_assert(over<one_list>(any_g, std::vector<any>{any{3}, any{0}}) == vector{12, 0});
static_assert(over<one_list>(g, std::tuple<std::tuple<f32x4, f32x1>, f32x4>{}) == vector{20, 16});
static_assert(over<lists>(g, std::tuple<std::tuple<f32x4, f32x1>, std::array<f32x1, 2>>{}) == vector{20, 8});
static_assert(over<lists>(any_g, std::vector(2, std::vector{any{1}, any{3}})) == vector{8, 24});
// Ranks that are not the root hand over none: nothing to anyone.
static_assert(over<lists>(g, std::tuple<>{}) == vector{0, 0} && over<one_list>(g, std::array<any, 0>{}) == vector{0, 0});
static_assert(over<lists>(g, std::vector(2, std::vector<any>{})) == vector{0, 0});
// A view counts what it shows.
constexpr auto window = cf::narrow(f32x4{}, cf::size_c<0>, cf::size_c<1>, cf::size_c<2>);
static_assert(over<one_list>(g, std::array{window, window}) == vector{8, 8});
static_assert(!is_a_constant<[] { return over<one_list>(any_g, std::vector<any>(3)); }>);

// A tensor cut along dimension 0.
using cut = detail::split<arg<0>, arg<1>>;
using cut_or_even = detail::split<arg<0>, arg<1>, detail::no_sizes::cut_evenly>;
using rows = cf::tensor<cf::bf16, 6, 5>;  // 10 B a row
static_assert(over<cut>(g, rows{}, std::array{5, 1}) == vector{50, 10} && over<cut>(g, rows{}, even_split) == vector{30, 30});
static_assert(over<cut>(any_g, cf::dynamic_tensor(cf::bf16, {6, 5}), std::vector{0, 6}) == vector{0, 60});
static_assert(over<cut_or_even>(any_g, rows{}, std::vector<int>{}) == vector{30, 30});
static_assert(over<cut_or_even>(any_g, rows{}, std::vector{4, 2}) == vector{40, 20});
// The columns of a wider tensor: its rows as they are seen, 2 of 5 elements.
constexpr auto columns = cf::narrow(rows{}, cf::size_c<1>, cf::size_c<1>, cf::size_c<2>);
static_assert(over<cut>(g, columns, std::array{5, 1}) == vector{20, 4});
// An even split is never invented, and no rank left out.
static_assert(!is_a_constant<[] { return over<cut>(any_g, rows{}, std::vector<int>{}); }>);
static_assert(!is_a_constant<[] { return over<cut>(cf::process_group<"g">{4}, rows{}, even_split); }>);
static_assert(!is_a_constant<[] { return over<cut>(any_g, rows{}, std::vector{1, 2, 3}); }>);
static_assert(!is_a_constant<[] { return over<cut>(any_g, rows{}, std::vector{1, 2}); }>);

// A batch, to each peer and from it.
template <cf::fixed_string Operation>
constexpr vector peers(std::vector<std::string_view> const& operations, std::vector<int> const& to, auto const& tensors) {
  return over<detail::to_peers<Operation>>(any_g, operations, to, to, tensors, any_g);
}
static_assert(peers<"isend">({"isend", "irecv", "isend"}, {1, 0, 1}, std::tuple<f32x4, f32x1, f32x1>{}) == vector{0, 20});
static_assert(peers<"irecv">({"isend", "irecv", "isend"}, {1, 0, 1}, std::tuple<f32x4, f32x1, f32x1>{}) == vector{4, 0});
static_assert(!is_a_constant<[] { return peers<"isend">({"isend"}, {2}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<"isend">({"isend"}, {-1}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<"isend">({"send"}, {1}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<"isend">({"isend"}, {1}, std::tuple<f32x4, f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<"isend">({"isend", "isend"}, {1}, std::tuple<f32x4, f32x4>{}); }>);

// What is not there, or not of the kind that the rule divides, is not asked.
template <class Rule, class... Args>
concept divides = requires(vector& bytes, std::tuple<Args...> const& args) { detail::divided<Rule>::over(bytes, args, 0); };
static_assert(divides<one_list, std::tuple<f32x4, f32x4>> && !divides<one_list, f32x4> && !divides<one_list>);
static_assert(divides<lists, std::tuple<>> && !divides<lists, std::tuple<f32x4, f32x4>>);
static_assert(divides<cut, rows, cf::even_split_t> && !divides<cut, rows, int> && !divides<cut, rows> &&
              !divides<cut, std::tuple<rows>, cf::even_split_t>);
static_assert(!divides<detail::to_peers<"isend">, std::vector<int>, std::vector<int>, std::vector<int>, std::tuple<f32x4>, decltype(g)>);

}  // namespace
