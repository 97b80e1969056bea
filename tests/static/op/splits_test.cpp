// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/splits.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <vector>

namespace {
namespace cf = commfold;
using call::is_a_constant;
using cf::even_split;
using cf::size_c;
using cf::detail::no_sizes;

struct row {
  COMMFOLD_OPERATOR("test::row");
};

static_assert(cf::split_sizes<std::array<int, 4>> && cf::split_sizes<std::vector<long>> && cf::split_sizes<int[4]> &&
              cf::split_sizes<std::list<std::size_t>>);
static_assert(!cf::split_sizes<cf::even_split_t> && !cf::split_sizes<int> && !cf::split_sizes<std::array<double, 4>>);
static_assert(cf::cut_sizes<cf::even_split_t> && cf::cut_sizes<std::array<int, 4>> && !cf::cut_sizes<int>);

// The sum of as many sizes as there are ranks.
constexpr std::size_t total(auto const& sizes, auto const& ranks) { return cf::detail::total_of_splits<row>("sizes", sizes, ranks); }
constexpr std::array one_to_four{1, 2, 3, 4};
constexpr int two[] = {8, 0};
static_assert(total(one_to_four, size_c<4>) == 10 && total(one_to_four, 4) == 10 && total(two, size_c<2>) == 8);
static_assert(total(std::vector<long>{0, 0, 0}, size_c<3>) == 0);
static_assert(!is_a_constant<[] { return total(one_to_four, 3); }>);
static_assert(!is_a_constant<[] { return total(std::vector<int>{1, 2, 3}, size_c<4>); }>);
static_assert(!is_a_constant<[] { return total(std::array{3, -1}, size_c<2>); }>);
static_assert(!is_a_constant<[] { return total(std::array{std::size_t{1} << 63, std::size_t{1} << 63}, 2); }>);

// A cut: even, or with sizes that add up to dimension 0. Where no sizes mean an even split, they do so in the type and in the value.
template <no_sizes None>
constexpr bool cuts(auto const& tensor, auto const& sizes, auto const& ranks) {
  cf::detail::expect_cut<row, None>("sizes", tensor, sizes, ranks);
  return true;
}
constexpr auto nothing = no_sizes::cut_nothing;
constexpr auto evenly = no_sizes::cut_evenly;
using rows = cf::tensor<cf::f32, 10, 4>;
constexpr cf::tensor<cf::f32, cf::dyn> any{10};
constexpr cf::dynamic_tensor dynamic(cf::f32, {10});
static_assert(cuts<nothing>(rows{}, even_split, size_c<5>) && cuts<nothing>(any, even_split, 2) && cuts<nothing>(dynamic, even_split, 1));
static_assert(cuts<nothing>(rows{}, one_to_four, size_c<4>) && cuts<evenly>(dynamic, one_to_four, 4));
static_assert(cuts<evenly>(rows{}, std::vector<int>{}, size_c<5>) && cuts<evenly>(any, std::array<int, 0>{}, size_c<5>));
static_assert(!is_a_constant<[] { return cuts<nothing>(rows{}, std::vector<int>{}, size_c<5>); }>);
static_assert(!is_a_constant<[] { return cuts<evenly>(rows{}, std::vector<int>{}, size_c<4>); }>);
static_assert(!is_a_constant<[] { return cuts<evenly>(any, std::array<int, 0>{}, size_c<4>); }>);
static_assert(!is_a_constant<[] { return cuts<nothing>(any, even_split, 3); }>);
static_assert(!is_a_constant<[] { return cuts<nothing>(rows{}, std::array{1, 2, 3, 3}, 4); }>);
static_assert(!is_a_constant<[] { return cuts<nothing>(cf::dynamic_tensor(cf::f32, {}), std::array{1}, 1); }>);
static_assert(!is_a_constant<[] { return cuts<evenly>(cf::dynamic_tensor(cf::f32, {}), std::vector<int>{}, 1); }>);

// The rows of each block, as digits.
template <no_sizes None>
constexpr std::size_t blocks(auto const& tensor, auto const& sizes, std::size_t ranks) {
  std::size_t digits = 0;
  cf::detail::for_each_block<row, None>(tensor, sizes, ranks, [&](std::size_t n) { digits = 100 * digits + n; });
  return digits;
}
static_assert(blocks<nothing>(rows{}, one_to_four, 4) == 1020304 && blocks<evenly>(any, one_to_four, 4) == 1020304);
static_assert(blocks<nothing>(rows{}, even_split, 2) == 505 && blocks<evenly>(dynamic, std::vector<int>{}, 5) == 202020202);
static_assert(blocks<evenly>(rows{}, std::array<int, 0>{}, 1) == 10 && blocks<nothing>(rows{}, std::array{0, 10}, 2) == 10);
// Never an even split that is none, and never more blocks than ranks.
static_assert(!is_a_constant<[] { return blocks<nothing>(rows{}, even_split, 4); }>);
static_assert(!is_a_constant<[] { return blocks<nothing>(rows{}, std::vector<int>{}, 5); }>);
static_assert(!is_a_constant<[] { return blocks<nothing>(rows{}, one_to_four, 3); }>);

}  // namespace
