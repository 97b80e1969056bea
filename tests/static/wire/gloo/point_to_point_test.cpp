// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/point_to_point.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

namespace {
namespace cf = commfold;
using cf::gloo::point_to_point;
using cf::gloo::side_of_rank;
using cf::wire::traffic_of;
using gloo_test::is;

constexpr point_to_point sent(100, 4, 1, 3);
static_assert(is(traffic_of(sent, 1), 100, 0, 1, 0) && is(traffic_of(sent, 3), 0, 100, 0, 1) && is(traffic_of(sent, 0), 0, 0, 0, 0));
static_assert(is(traffic_of(point_to_point(0, 4, 1, 3), 1), 0, 0, 1, 0) && gloo_test::is_lawful(sent));

// A side answers for its rank, and for nobody else.
static_assert(is(traffic_of(side_of_rank(sent, 1), 1), 100, 0, 1, 0) && is(traffic_of(side_of_rank(sent, 3), 3), 0, 100, 0, 1));
static_assert(!call::is_a_constant<[] { return traffic_of(side_of_rank(sent, 1), 3); }>);
static_assert(!call::is_a_constant<[] { return cf::wire::rounds(side_of_rank(sent, 1)); }>);

static_assert(!call::is_a_constant<[] { return point_to_point(8, 0, 0, 1); }>);
static_assert(!call::is_a_constant<[] { return point_to_point(8, 4, 4, 1); }>);
static_assert(!call::is_a_constant<[] { return point_to_point(8, 4, 0, 4); }>);
static_assert(!call::is_a_constant<[] { return point_to_point(8, 4, 2, 2); }>);

}  // namespace
