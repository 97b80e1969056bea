// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/gather.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

namespace {
namespace cf = commfold;
using cf::gloo::gather;
using cf::wire::traffic_of;
using gloo_test::is;

constexpr gather four(100, 4, 3);
static_assert(is(traffic_of(four, 3), 0, 300, 0, 3) && is(traffic_of(four, 0), 100, 0, 1, 0));
static_assert(gloo_test::nth_message(four, 1, 0) == cf::wire::message{1, 3, 100, 0} && cf::wire::rounds(four) == 1);
static_assert(is(traffic_of(gather(0, 4, 0), 0), 0, 0, 0, 3) && is(traffic_of(gather(8, 1, 0), 0), 0, 0, 0, 0));
static_assert(gloo_test::is_lawful(four) && gloo_test::is_lawful(gather(0, 4, 0)) && gloo_test::is_lawful(gather(8, 1, 0)));

static_assert(!call::is_a_constant<[] { return gather(8, 0, 0); }>);
static_assert(!call::is_a_constant<[] { return gather(8, 4, 4); }>);

}  // namespace
