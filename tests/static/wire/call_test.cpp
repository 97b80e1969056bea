// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/call.hpp>

#include "is_a_constant.hpp"
#include "my_library.hpp"

#include <cstddef>

namespace {
namespace cf = commfold;
using cf::collective_kind;

static_assert(cf::wire::backend<my_library> && !cf::wire::backend<int>);

constexpr cf::call_record of_kind(collective_kind kind, cf::parts_view const& parts = {}) {
  return cf::call_record({"op", kind, "dp", 4, {}, {8, 8, 8}, {}, {}}, "", parts);
}

// What one rank's record says of the others.
static_assert(cf::wire::is_of_one_rank(of_kind(collective_kind::send)) && cf::wire::is_of_one_rank(of_kind(collective_kind::recv)) &&
              cf::wire::is_of_one_rank(of_kind(collective_kind::send_recv)));
static_assert(!cf::wire::is_of_one_rank(of_kind(collective_kind::all_to_all)) &&
              !cf::wire::is_of_one_rank(of_kind(collective_kind::all_reduce)));
constexpr std::size_t uneven[] = {1, 2, 3, 2};
static_assert(cf::wire::is_of_one_rank(of_kind(collective_kind::all_to_all, {{uneven, 4}, {}})));
static_assert(cf::wire::is_of_one_rank(of_kind(collective_kind::all_to_all, {{}, {}, false})));
// The parts of a gather by lengths are the same on all ranks.
static_assert(!cf::wire::is_of_one_rank(of_kind(collective_kind::all_gather, {{}, {uneven, 4}})));

constexpr cf::wire::cluster where(cf::process_group<"dp", 4>{}, {{"node", 2}});
static_assert(cf::wire::call(of_kind(collective_kind::send), 1, where.group_of(of_kind(collective_kind::send)), where).shape() ==
              cf::wire::group_shape{2, 2});

// A record without a root or a peer is refused where one is asked for.
constexpr auto asked = [](cf::call_record const& one) { return cf::wire::call(one, 1, where.group_of(one), where).root(); };
static_assert(asked(cf::call_record({"op", collective_kind::reduce, "dp", 4, {}, {}, 3, {}}, "")) == 3);
static_assert(!is_a_constant<[] { return asked(of_kind(collective_kind::reduce)); }>);
static_assert(!is_a_constant<[] {
  cf::call_record const one = of_kind(collective_kind::send);
  return cf::wire::call(one, 1, where.group_of(one), where).peer();
}>);

constexpr bool runs(collective_kind kind) {
  bool used = false;
  my_library().schedules_of(cf::wire::call(of_kind(kind), 1, where.group_of(of_kind(kind)), where),
                            [&](auto const& s) { used = s.ranks() == 4; });
  return used;
}
static_assert(runs(collective_kind::all_reduce));
static_assert(!is_a_constant<[] { return runs(collective_kind::broadcast); }>);
}  // namespace
