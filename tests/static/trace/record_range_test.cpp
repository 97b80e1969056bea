// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/record_range.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>

namespace {
namespace cf = commfold;

/// A value that is nowhere until it is asked for.
struct square {
  std::size_t number = 0;
};
struct squares {
  std::size_t offset = 0;
  constexpr square operator()(std::size_t i) const { return {(i + offset) * (i + offset)}; }
};
using range = cf::detail::record_range<square, squares>;
constexpr range four(squares{1}, 4);  // 1, 4, 9, 16

static_assert(std::ranges::random_access_range<range> && std::ranges::sized_range<range> && std::ranges::common_range<range>);
static_assert(std::is_same_v<std::ranges::range_reference_t<range>, square>);

static_assert(four.size() == 4 && !four.empty() && range(squares{}, 0).empty());
static_assert(four.front().number == 1 && four.back().number == 16 && four[2].number == 9);

static_assert([] {
  std::size_t sum = 0;
  for (square const& s : four) sum += s.number;
  return sum;
}() == 30);

constexpr auto begin = four.begin();
static_assert([] {
  auto i = four.begin();
  auto const before = i++;
  auto const after = ++i;
  auto const back = i--;
  --i;
  return (*before).number == 1 && (*after).number == 9 && back == after && i == before;
}());
static_assert((*(begin + 3)).number == 16 && (*(2 + begin)).number == 9 && begin[1].number == 4 && (*(four.end() - 1)).number == 16);
static_assert(four.end() - begin == 4 && begin < four.end() && begin + 4 == four.end());

// Algorithms with random access.
static_assert(std::ranges::lower_bound(four, std::size_t{9}, {}, &square::number) - begin == 2);
static_assert(std::count_if(four.begin(), four.end(), [](square const& s) { return s.number % 2 == 0; }) == 2);

}  // namespace
