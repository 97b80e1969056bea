// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/scatter.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

namespace {
namespace cf = commfold;
using cf::gloo::scatter;
using cf::wire::traffic_of;
using gloo_test::is;

constexpr scatter four(100, 4, 1);
static_assert(is(traffic_of(four, 1), 300, 0, 3, 0) && is(traffic_of(four, 0), 0, 100, 0, 1));
static_assert(gloo_test::nth_message(four, 1, 1) == cf::wire::message{1, 2, 100, 0} && cf::wire::rounds(four) == 1);
static_assert(is(traffic_of(scatter(0, 4, 0), 0), 0, 0, 3, 0) && is(traffic_of(scatter(8, 1, 0), 0), 0, 0, 0, 0));
static_assert(gloo_test::is_lawful(four) && gloo_test::is_lawful(scatter(0, 4, 0)) && gloo_test::is_lawful(scatter(8, 1, 0)));

static_assert(!call::is_a_constant<[] { return scatter(8, 0, 0); }>);
static_assert(!call::is_a_constant<[] { return scatter(8, 4, 4); }>);

}  // namespace
