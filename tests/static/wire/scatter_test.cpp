// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/scatter.hpp>

#include <cstddef>

namespace {
namespace wire = commfold::wire;
namespace scatter = wire::scatter;

constexpr std::size_t sizes[] = {1, 0, 100, 1000};
constexpr wire::blocks four = wire::blocks::of({sizes, 4});

static_assert(wire::closed_schedule<scatter::linear> && wire::closed_schedule<scatter::low_bit_binomial>);
static_assert(wire::traffic_of(scatter::linear(four), 0) == wire::rank_traffic{1100, 0, 2, 0});
static_assert(wire::traffic_of(scatter::low_bit_binomial(four), 0) == wire::rank_traffic{1100, 0, 2, 0});
static_assert(wire::traffic_of(scatter::low_bit_binomial(four), 2) == wire::rank_traffic{1000, 1100, 1, 1});
static_assert(wire::total_bytes(scatter::low_bit_binomial(wire::blocks::equal(8, 8))) == 8 * 4 * 3);  // n (p / 2) lg p

}  // namespace
