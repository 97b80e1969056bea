// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/expectations.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
namespace cf = commfold;
using call::is_a_constant;
using call::is_constant;

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
struct weights {
  f32x4 w;
  u8x3 b;
};
struct layer {
  f32x4 w;
  int step;
};

// A list is any product or sequence; a list of lists holds nothing but lists, a list of tensors nothing but tensors.
static_assert(cf::list_like<std::tuple<f32x4>> && cf::list_like<std::array<f32x4, 2>> && cf::list_like<std::vector<f32x4>> &&
              cf::list_like<weights> && cf::list_like<std::tuple<>>);
static_assert(!cf::list_like<f32x4> && !cf::list_like<int> && cf::tensor_or_list<f32x4> && cf::tensor_or_list<weights> &&
              !cf::tensor_or_list<int>);
static_assert(cf::list_of_lists<std::tuple<std::tuple<f32x4>, std::array<u8x3, 2>>> && cf::list_of_lists<std::vector<std::list<f32x4>>> &&
              cf::list_of_lists<std::array<weights, 2>> && cf::list_of_lists<std::tuple<>>);
static_assert(!cf::list_of_lists<std::tuple<std::tuple<f32x4>, f32x4>> && !cf::list_of_lists<std::vector<f32x4>> &&
              !cf::list_of_lists<weights> && !cf::list_of_lists<f32x4>);
static_assert(cf::tensor_list<weights> && cf::tensor_list<std::array<f32x4, 2>> && cf::tensor_list<std::tuple<>>);
static_assert(!cf::tensor_list<layer> && !cf::tensor_list<std::tuple<std::tuple<f32x4>>> && !cf::tensor_list<f32x4> &&
              !cf::tensor_list<std::vector<std::vector<f32x4>>>);

// The length is in the type where the number of children is; ranges of anything else are counted too.
static_assert(is_constant<2>(cf::detail::list_length(weights{})) && is_constant<3>(cf::detail::list_length(std::array<u8x3, 3>{})));
static_assert(is_constant<0>(cf::detail::list_length(std::tuple<>{})));
static_assert(cf::detail::list_length(std::vector<u8x3>(5)) == 5 &&
              std::is_same_v<decltype(cf::detail::list_length(std::vector<u8x3>{})), std::size_t>);
constexpr int four[] = {1, 2, 3, 4};
static_assert(is_constant<4>(cf::detail::length_of(four)) && is_constant<2>(cf::detail::length_of(std::array<char const*, 2>{})));
static_assert(cf::detail::length_of(std::vector<int>{1, 2, 3}) == 3);

// Children from left to right, pairs from both sides, whatever holds them.
constexpr auto sizes_of(auto const& list) {
  std::size_t digits = 0;
  cf::detail::for_each_entry(list, [&](auto const& t) { digits = 10 * digits + t.extent(0); });
  return digits;
}
static_assert(sizes_of(std::tuple<f32x4, u8x3, f32x4>{}) == 434 && sizes_of(weights{}) == 43 && sizes_of(std::array<u8x3, 2>{}) == 33);
using any = cf::tensor<cf::f32, cf::dyn>;
static_assert(sizes_of(std::vector<any>{any{1}, any{2}}) == 12);

constexpr auto pairs_of(auto const& a, auto const& b) {
  std::size_t digits = 0;
  cf::detail::for_each_pair(a, b, [&](auto const& x, auto const& y) { digits = 100 * digits + 10 * x.extent(0) + y.extent(0); });
  return digits;
}
static_assert(pairs_of(std::tuple<f32x4, u8x3>{}, std::tuple<u8x3, u8x3>{}) == 4333);
static_assert(pairs_of(std::tuple<f32x4, u8x3>{}, std::vector<any>{any{1}, any{2}}) == 4132);
static_assert(pairs_of(std::vector<any>{any{1}, any{2}}, std::tuple<f32x4, u8x3>{}) == 1423);
static_assert(pairs_of(std::vector<any>{any{1}, any{2}}, std::array<u8x3, 2>{}) == 1323);

// One entry a rank, as many on both sides.
constexpr cf::process_group<"g", 2> g;
constexpr cf::process_group<"g"> any_g{2};
template <class List, class Group>
constexpr bool one_a_rank(List const& list, Group const& group) {
  cf::detail::expect_one_a_rank("test", "list", list, group);
  return true;
}
static_assert(one_a_rank(weights{}, g) && one_a_rank(weights{}, any_g) && one_a_rank(std::vector<u8x3>(2), g));
static_assert(!is_a_constant<[] { return one_a_rank(std::array<u8x3, 3>{}, any_g); }>);
static_assert(!is_a_constant<[] { return one_a_rank(std::vector<u8x3>(1), g); }>);

template <class Lists, class Singles>
constexpr bool lists_of_ranks(Lists const& lists, Singles const& singles) {
  cf::detail::expect_lists_of_ranks("test", "lists", lists, singles, any_g);
  return true;
}
template <class Lists, class Singles>
constexpr bool lists_of_ranks_on_root(Lists const& lists, Singles const& singles) {
  cf::detail::expect_lists_of_ranks_on_root("test", "lists", lists, singles, any_g);
  return true;
}
// Of `any`: g++ 12 cannot read a vector of an empty type in a constant.
using two_lists = std::vector<std::vector<any>>;
static_assert(lists_of_ranks(two_lists(3, std::vector<any>(2)), std::vector<any>(3)));
static_assert(!is_a_constant<[] { return lists_of_ranks(two_lists(3, std::vector<any>(2)), std::vector<any>(2)); }>);
static_assert(!is_a_constant<[] { return lists_of_ranks(two_lists(3, std::vector<any>(3)), std::vector<any>(3)); }>);
static_assert(!is_a_constant<[] { return lists_of_ranks(two_lists(0), std::vector<any>(1)); }>);
static_assert(lists_of_ranks_on_root(two_lists(0), std::vector<any>(1)) && lists_of_ranks_on_root(std::tuple<>{}, std::tuple<u8x3>{}));
static_assert(lists_of_ranks_on_root(std::array<weights, 1>{}, std::tuple<u8x3>{}));
static_assert(!is_a_constant<[] { return lists_of_ranks_on_root(two_lists(2, std::vector<any>(2)), std::vector<any>(1)); }>);

// One dtype: what the types tell, and what only the values do. A vector may be empty, so that its type tells nothing.
static_assert(cf::detail::static_dtypes_in<f32x4, std::tuple<f32x4, int>>().one == cf::f32 &&
              !cf::detail::static_dtypes_in<f32x4, std::array<f32x4, 3>>().several);
static_assert(cf::detail::static_dtypes_in<f32x4, std::tuple<int, u8x3>>().several && cf::detail::static_dtypes_in<weights>().several);
static_assert(!cf::detail::static_dtypes_in<f32x4, cf::dynamic_tensor, std::vector<u8x3>>().several);
static_assert(cf::detail::dtypes_in(std::vector<u8x3>(1), f32x4{}).several && !cf::detail::dtypes_in(std::vector<u8x3>{}, f32x4{}).several);
static_assert(!cf::detail::dtypes_in(std::tuple<int>{}).one && cf::detail::dtypes_in(std::pair<int, u8x3>{}).one == cf::u8);
static_assert(cf::detail::dtypes_in(std::tuple<u8x3, f32x4, u8x3>{}).several);
constexpr bool one_dtype(auto const&... trees) {
  cf::detail::expect_one_dtype("test", trees...);
  return true;
}
constexpr cf::dynamic_tensor bytes(cf::u8, {7});
static_assert(one_dtype(u8x3{}, std::array<u8x3, 2>{}, bytes, std::vector<f32x4>{}));
static_assert(!is_a_constant<[] { return one_dtype(f32x4{}, bytes); }>);
static_assert(!is_a_constant<[] { return one_dtype(u8x3{}, std::vector<f32x4>(1)); }>);

}  // namespace
