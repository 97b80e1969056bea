// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/point_to_point.hpp>

namespace {
namespace wire = commfold::wire;
namespace point_to_point = wire::point_to_point;

static_assert(wire::traffic_of(point_to_point::send(4, 1, 3, 9), 1) == wire::rank_traffic{9, 0, 1, 0});
static_assert(wire::traffic_of(point_to_point::send(4, 1, 3, 9), 3) == wire::rank_traffic{0, 9, 0, 1});
static_assert(wire::sent_bytes(point_to_point::recv(4, 3, 1, 9), 1, 3) == 9);
static_assert(wire::total_bytes(point_to_point::send(4, 2, 2, 9)) == 0);  // stays in memory

}  // namespace
