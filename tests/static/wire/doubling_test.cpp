// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/doubling.hpp>

#include <cstddef>

namespace {
using commfold::wire::detail::doubling_exchange;
using commfold::wire::detail::for_each_doubling_exchange;

struct exchanges {
  doubling_exchange of[8];
  std::size_t count = 0;
};
constexpr exchanges all(std::size_t position, std::size_t ranks) {
  exchanges found{};
  for_each_doubling_exchange(position, ranks, [&](doubling_exchange const& x) { found.of[found.count++] = x; });
  return found;
}
constexpr bool is(doubling_exchange const& x, std::size_t to, std::size_t first, std::size_t count, std::size_t round) {
  return x.to == to && x.first == first && x.count == count && x.round == round;
}

constexpr exchanges three = all(3, 8);
static_assert(three.count == 3 && is(three.of[0], 2, 3, 1, 0) && is(three.of[1], 1, 2, 2, 1) && is(three.of[2], 7, 0, 4, 2));

// Of 3 positions 1 has no partner in the second step: 0, which has one, hands it what that sent.
constexpr exchanges zero = all(0, 3);
static_assert(zero.count == 3 && is(zero.of[1], 2, 0, 2, 1) && is(zero.of[2], 1, 2, 2, 2));
static_assert(all(1, 3).count == 1 && all(2, 3).count == 1 && all(0, 1).count == 0);

}  // namespace
