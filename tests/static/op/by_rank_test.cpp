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
using cf::part_rule;
using words = cf::detail::rule_words;
using vector = std::vector<std::size_t>;

using f32x4 = cf::tensor<cf::f32, 4>;  // 16 B
using f32x1 = cf::tensor<cf::f32, 1>;  // 4 B
using any = cf::tensor<cf::f32, cf::dyn>;
constexpr cf::process_group<"g", 2> g;
constexpr cf::process_group<"g"> any_g{2};

struct row {
  COMMFOLD_OPERATOR("test::row");
};
template <part_rule Rule, class... Args>
constexpr vector over(auto const& group, Args const&... args) {
  return detail::parts_by_rank<row, Rule>(group.size, std::tuple<Args...>(args...), 0);
}

// A list with one entry a rank, and lists of such lists, whose entries add up.
constexpr part_rule one_list = words::each({0});
constexpr part_rule lists = words::each_of_each({0});
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
constexpr part_rule cut = words::split({0}, {1});
constexpr part_rule cut_or_even = words::split_or_even({0}, {1});
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
constexpr part_rule sent = words::to_peers({3});
constexpr part_rule received = words::from_peers({3});
template <part_rule Rule>
constexpr vector peers(std::vector<std::string_view> const& operations, std::vector<int> const& to, auto const& tensors) {
  return over<Rule>(any_g, operations, to, to, tensors, any_g);
}
static_assert(peers<sent>({"isend", "irecv", "isend"}, {1, 0, 1}, std::tuple<f32x4, f32x1, f32x1>{}) == vector{0, 20});
static_assert(peers<received>({"isend", "irecv", "isend"}, {1, 0, 1}, std::tuple<f32x4, f32x1, f32x1>{}) == vector{4, 0});
static_assert(!is_a_constant<[] { return peers<sent>({"isend"}, {2}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<sent>({"isend"}, {-1}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<sent>({"send"}, {1}, std::tuple<f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<sent>({"isend"}, {1}, std::tuple<f32x4, f32x4>{}); }>);
static_assert(!is_a_constant<[] { return peers<sent>({"isend", "isend"}, {1}, std::tuple<f32x4, f32x4>{}); }>);

// What is not there, or not of the kind that the rule divides, is not asked.
template <part_rule Rule, class... Args>
constexpr bool divides = detail::can_divide<Rule, std::tuple<Args...>, int>();
static_assert(divides<one_list, std::tuple<f32x4, f32x4>> && !divides<one_list, f32x4> && !divides<one_list>);
static_assert(divides<lists, std::tuple<>> && !divides<lists, std::tuple<f32x4, f32x4>> && !divides<lists>);
static_assert(divides<cut, rows, cf::even_split_t> && !divides<cut, rows, int> && !divides<cut, rows> && !divides<cut> &&
              !divides<cut, std::tuple<rows>, cf::even_split_t>);
static_assert(!divides<sent, std::vector<int>, std::vector<int>, std::vector<int>, std::tuple<f32x4>, decltype(g)> && !divides<received>);
static_assert(!divides<part_rule{}, std::tuple<f32x4, f32x4>>);

// Without sizes, a cut is even or none, as the rule says.
static_assert(detail::without_sizes(cut) == detail::no_sizes::cut_nothing &&
              detail::without_sizes(cut_or_even) == detail::no_sizes::cut_evenly);

// The part may be the result.
constexpr std::tuple result_args{std::array{5, 1}};
static_assert(detail::parts_by_rank<row, words::split(words::result, {0})>(2, result_args, rows{}) == vector{50, 10});
static_assert(detail::can_divide<words::split(words::result, {0}), decltype(result_args), rows>() &&
              !detail::can_divide<words::split(words::result, {0}), decltype(result_args), int>());

}  // namespace
