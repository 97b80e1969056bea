// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/placement.hpp>

#include "is_a_constant.hpp"

namespace {
using commfold::wire::placement;

constexpr placement racks{{"node", 8}, {"rack", 32}};
static_assert(racks.size() == 2 && racks.link_classes() == 3 && racks[1].name == "rack" && racks[1].ranks == 32);
static_assert(racks.link_class(0, 7) == 0 && racks.link_class(7, 8) == 1 && racks.link_class(0, 31) == 1 && racks.link_class(31, 32) == 2);
static_assert(racks.link_class(40, 40) == 0);
static_assert(racks.index_of("node") == 0 && racks.index_of("rack") == 1);

// Without domains all links are of one class.
static_assert(placement().link_classes() == 1 && placement().link_class(0, 1000) == 0);

static_assert(!is_a_constant<[] { return racks.index_of("pod"); }>);
static_assert(!is_a_constant<[] { return placement{{"node", 0}}.size(); }>);
static_assert(!is_a_constant<[] { return placement{{"", 8}}.size(); }>);
static_assert(!is_a_constant<[] { return placement{{"node", 8}, {"node", 16}}.size(); }>);
static_assert(!is_a_constant<[] { return placement{{"node", 8}, {"rack", 12}}.size(); }>);
static_assert(!is_a_constant<[] { return placement{{"rack", 32}, {"node", 8}}.size(); }>);
static_assert(is_a_constant<[] { return placement{{"node", 8}, {"rack", 8}}.size(); }>);
}  // namespace
