// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/one_rank.hpp>

#include <commfold/wire/point_to_point.hpp>

#include "is_a_constant.hpp"

#include <cstddef>

namespace {
namespace wire = commfold::wire;

constexpr wire::one_rank sends(wire::point_to_point::send(4, 1, 3, 10), 1);
static_assert(wire::sent_bytes(sends, 1) == 10 && wire::sent_bytes(sends, 1, 3) == 10 && wire::traffic_of(sends, 1).received_bytes == 0);
static_assert(!is_a_constant<[] { return wire::sent_bytes(sends, 3); }>);
static_assert(!is_a_constant<[] { return wire::traffic_of(sends, 0).sent_bytes; }>);

constexpr std::size_t to[] = {1, 2, 3};
constexpr std::size_t from[] = {10, 20, 30};
constexpr wire::one_rank splits(wire::splits_of_one_rank(wire::blocks::of({to, 3}), wire::blocks::of({from, 3})), 1);
static_assert(wire::traffic_of(splits, 1) == wire::rank_traffic{4, 40, 2, 2} && wire::sent_bytes(splits, 1, 2) == 3);
static_assert(!is_a_constant<[] { return wire::sent_bytes(splits, 0); }>);
static_assert(!is_a_constant<[] { return wire::splits_of_one_rank(wire::blocks::of({to, 3}), wire::blocks::equal(1, 2)).ranks(); }>);
}  // namespace
