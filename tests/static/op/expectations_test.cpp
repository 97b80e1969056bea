// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/expectations.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {
namespace cf = commfold;
using call::is_a_constant;
using cf::size_c;

struct row {
  COMMFOLD_OPERATOR("test::row");
};

using f32x4 = cf::tensor<cf::f32, 4>;
using u8x3 = cf::tensor<cf::u8, 3>;
struct weights {
  f32x4 w;
  u8x3 b;
};

// One entry a rank, as many on both sides.
using any = cf::tensor<cf::f32, cf::dyn>;
constexpr cf::process_group<"g", 2> g;
constexpr cf::process_group<"g"> any_g{2};
template <class List, class Group>
constexpr bool one_a_rank(List const& list, Group const& group) {
  cf::detail::expect_one_a_rank<row>("list", list, group);
  return true;
}
static_assert(one_a_rank(weights{}, g) && one_a_rank(weights{}, any_g) && one_a_rank(std::vector<u8x3>(2), g));
static_assert(!is_a_constant<[] { return one_a_rank(std::array<u8x3, 3>{}, any_g); }>);
static_assert(!is_a_constant<[] { return one_a_rank(std::vector<u8x3>(1), g); }>);

template <class Lists, class Singles>
constexpr bool lists_of_ranks(Lists const& lists, Singles const& singles) {
  cf::detail::expect_lists_of_ranks<row>("lists", lists, singles, any_g);
  return true;
}
template <class Lists, class Singles>
constexpr bool lists_of_ranks_on_root(Lists const& lists, Singles const& singles) {
  cf::detail::expect_lists_of_ranks_on_root<row>("lists", lists, singles, any_g);
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

// As many on both sides: a pair at a time, never a pair too few.
template <class List, class Other>
constexpr std::size_t pairs(List const& list, Other const& other) {
  std::size_t digits = 0;
  cf::detail::for_each_expected_pair<row>("list", list, other,
                                          [&](auto const& a, auto const& b) { digits = 100 * digits + 10 * a.extent(0) + b.extent(0); });
  return digits;
}
static_assert(pairs(weights{}, std::array<u8x3, 2>{}) == 4333 && pairs(std::vector<any>{any{1}, any{2}}, weights{}) == 1423);
static_assert(!is_a_constant<[] { return pairs(std::vector<any>(3), weights{}); }> &&
              !is_a_constant<[] { return pairs(std::vector<any>(1), std::vector<any>(2)); }>);
static_assert(cf::detail::may_pair<weights, std::array<u8x3, 2>> && cf::detail::may_pair<weights, std::vector<u8x3>> &&
              !cf::detail::may_pair<weights, std::array<u8x3, 3>>);

// A root, a source or a destination is a rank of the group.
template <class Rank, class Group>
constexpr bool member(Rank const& rank, Group const& group) {
  cf::detail::expect_member<row>("root", rank, group);
  return true;
}
static_assert(member(size_c<1>, g) && member(0, g) && member(1, any_g) && member(size_c<0>, any_g));
static_assert(!is_a_constant<[] { return member(2, g); }> && !is_a_constant<[] { return member(size_c<2>, any_g); }> &&
              !is_a_constant<[] { return member(-1, any_g); }>);

// Sizes that both types tell.
static_assert(cf::detail::known_to_differ<cf::size_constant<2>, cf::size_constant<3>> &&
              !cf::detail::known_to_differ<cf::size_constant<2>, cf::size_constant<2>>);
static_assert(!cf::detail::known_to_differ<std::size_t, cf::size_constant<3>> &&
              !cf::detail::known_to_differ<cf::size_constant<3>, std::size_t> && !cf::detail::known_to_differ<std::size_t, std::size_t>);

// The size of the group, given beside it.
constexpr bool size_of_group(auto const& size, auto const& group) {
  cf::detail::expect_group_size<row>(size, group);
  return true;
}
static_assert(size_of_group(size_c<2>, g) && size_of_group(2, g) && size_of_group(size_c<2>, any_g) && size_of_group(2u, any_g) &&
              size_of_group(std::integral_constant<int, 2>{}, g));
static_assert(!is_a_constant<[] { return size_of_group(3, g); }> && !is_a_constant<[] { return size_of_group(size_c<1>, any_g); }> &&
              !is_a_constant<[] { return size_of_group(-2, any_g); }> && !is_a_constant<[] { return size_of_group(cf::dyn, any_g); }>);

// One dtype, by what the types tell and by what only the values do.
constexpr bool one_dtype(auto const&... trees) {
  cf::detail::expect_one_dtype<row>(trees...);
  return true;
}
constexpr cf::dynamic_tensor bytes(cf::u8, {7});
static_assert(one_dtype(u8x3{}, std::array<u8x3, 2>{}, bytes, std::vector<f32x4>{}));
static_assert(cf::detail::expect_one_dtype<row>(bytes, u8x3{}) == cf::u8 && !cf::detail::expect_one_dtype<row>(std::vector<f32x4>{}));
static_assert(!is_a_constant<[] { return one_dtype(f32x4{}, bytes); }>);
static_assert(!is_a_constant<[] { return one_dtype(u8x3{}, std::vector<f32x4>(1)); }>);

// The whole is as many parts as there are ranks, of their dtype.
using bytes_of = cf::tensor<cf::u8, cf::dyn>;
template <class Whole, class Part, class Group>
constexpr bool whole_and_part(Whole const& whole, Part const& part, Group const& group) {
  cf::detail::expect_whole_and_part<row>(whole, part, group);
  return true;
}
static_assert(whole_and_part(cf::tensor<cf::u8, 2, 3>{}, u8x3{}, g) && whole_and_part(bytes_of{6}, u8x3{}, g) &&
              whole_and_part(bytes_of{0}, bytes_of{0}, any_g));
static_assert(!is_a_constant<[] { return whole_and_part(bytes_of{7}, u8x3{}, g); }> &&
              !is_a_constant<[] { return whole_and_part(bytes_of{6}, u8x3{}, cf::process_group<"g">{3}); }> &&
              !is_a_constant<[] { return whole_and_part(bytes_of{0}, bytes_of{std::size_t{1} << 63}, g); }>);
static_assert(!is_a_constant<[] { return whole_and_part(cf::dynamic_tensor(cf::i8, {6}), u8x3{}, g); }>);

// On the root; elsewhere the whole has no elements, and its dtype all the same.
template <class Whole, class Part>
constexpr bool whole_and_part_on_root(Whole const& whole, Part const& part) {
  cf::detail::expect_whole_and_part_on_root<row>(whole, part, g);
  return true;
}
static_assert(whole_and_part_on_root(cf::tensor<cf::u8, 6>{}, u8x3{}) && whole_and_part_on_root(cf::tensor<cf::u8, 0>{}, u8x3{}) &&
              whole_and_part_on_root(bytes_of{6}, u8x3{}) && whole_and_part_on_root(bytes_of{0}, u8x3{}));
static_assert(!is_a_constant<[] { return whole_and_part_on_root(bytes_of{5}, u8x3{}); }> &&
              !is_a_constant<[] { return whole_and_part_on_root(cf::dynamic_tensor(cf::i8, {0}), u8x3{}); }>);

// Pair by pair.
template <class Wholes, class Parts>
constexpr bool wholes_and_parts(Wholes const& wholes, Parts const& parts) {
  cf::detail::expect_wholes_and_parts<row>("wholes", wholes, parts, g);
  return true;
}
static_assert(wholes_and_parts(std::tuple<cf::tensor<cf::f32, 8>, cf::tensor<cf::f32, 6>>{}, std::tuple<f32x4, cf::tensor<cf::f32, 3>>{}));
// All of one dtype, which each pair for itself does not tell.
static_assert(!is_a_constant<[] {
  return wholes_and_parts(std::array{bytes_of{8}, bytes_of{6}},
                          std::array{cf::dynamic_tensor(cf::u8, {4}), cf::dynamic_tensor(cf::i8, {3})});
}>);
static_assert(!is_a_constant<[] { return wholes_and_parts(std::array{bytes_of{6}, bytes_of{5}}, std::array<u8x3, 2>{}); }> &&
              !is_a_constant<[] { return wholes_and_parts(std::vector{bytes_of{6}}, std::array<u8x3, 2>{}); }>);

// `out` has the result's dtype and as many elements, in whatever shape.
template <class Result, class Out>
constexpr bool room(Result const& result, Out const& out) {
  cf::detail::expect_room<row>(result, out);
  return true;
}
static_assert(room(cf::tensor<cf::u8, 2, 3>{}, cf::tensor<cf::u8, 6>{}) && room(u8x3{}, bytes_of{3}));
static_assert(!is_a_constant<[] { return room(u8x3{}, bytes_of{4}); }> &&
              !is_a_constant<[] { return room(u8x3{}, cf::dynamic_tensor(cf::i8, {3})); }>);

}  // namespace
