// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/all_to_all.hpp>

#include <tests/support/call.hpp>
#include <tests/support/gloo_schedules.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
using cf::gloo::all_to_all;
using cf::gloo::all_to_all_of_rank;
using cf::gloo::all_to_all_v;
using cf::wire::blocks;
using cf::wire::message;
using cf::wire::traffic_of;
using gloo_test::is;
using gloo_test::nth_message;

constexpr all_to_all even(256, 4);
static_assert(is(traffic_of(even, 3), 768, 768, 3, 3) && nth_message(even, 3, 1) == message{3, 1, 256, 1} && cf::wire::rounds(even) == 3);
static_assert(is(traffic_of(all_to_all(0, 4), 0), 0, 0, 3, 3) && is(traffic_of(all_to_all(9, 1), 0), 0, 0, 0, 0));

// Row i is what rank i sends. The own block stays; empty ones are sent.
constexpr std::size_t matrix[] = {9, 1, 2,  //
                                  3, 9, 0,  //
                                  5, 7, 9};
constexpr all_to_all_v uneven({matrix, 9}, 3);
static_assert(is(traffic_of(uneven, 0), 3, 8, 2, 2) && is(traffic_of(uneven, 1), 3, 8, 2, 2) && is(traffic_of(uneven, 2), 12, 2, 2, 2));
static_assert(nth_message(uneven, 1, 0) == message{1, 2, 0, 0} && nth_message(uneven, 1, 1) == message{1, 0, 3, 1});

static_assert(gloo_test::is_lawful(even) && gloo_test::is_lawful(uneven) && gloo_test::is_lawful(all_to_all(0, 4)) &&
              gloo_test::is_lawful(all_to_all(9, 1)));

// A rank that knows its own splits has its own row and column.
constexpr std::size_t to[] = {3, 9, 0}, from[] = {1, 9, 7};
constexpr all_to_all_of_rank own(blocks::of({to, 3}), blocks::of({from, 3}), 1);
static_assert(traffic_of(own, 1) == traffic_of(uneven, 1) && nth_message(own, 1, 1) == nth_message(uneven, 1, 1));
static_assert(traffic_of(all_to_all_of_rank(blocks::equal(4, 3), blocks::of({from, 3}), 2), 2) == cf::wire::rank_traffic{8, 10, 2, 2});
static_assert(!call::is_a_constant<[] { return traffic_of(own, 0); }>);
static_assert(!call::is_a_constant<[] { return cf::wire::sent_bytes(own, 2); }>);
static_assert(!call::is_a_constant<[] { return all_to_all_of_rank(blocks::of({to, 3}), blocks::of({from, 3}), 3); }>);
static_assert(!call::is_a_constant<[] { return all_to_all_of_rank(blocks::of({to, 3}), blocks::of({from, 2}), 1); }>);

static_assert(!call::is_a_constant<[] { return all_to_all(8, 0); }>);
static_assert(!call::is_a_constant<[] { return all_to_all_v({matrix, 9}, 0); }>);
static_assert(!call::is_a_constant<[] { return all_to_all_v({matrix, 8}, 3); }>);
static_assert(!call::is_a_constant<[] { return all_to_all_v({matrix, 9}, 4); }>);

}  // namespace
