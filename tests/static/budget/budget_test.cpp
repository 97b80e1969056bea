// SPDX-License-Identifier: BSL-1.0
#include <commfold/budget/budget.hpp>
#include <commfold/budget/within.hpp>

#include <commfold/op/table.hpp>

#include <type_traits>

namespace {
namespace cf = commfold;
using cf::within;

// 2 calls, 6 B in, 10 B out, 14 B of messages.
constexpr cf::ledger<> traffic = [] {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_to_all_single, "ep", 2, "", cf::u8, {3, 5, 7}}, 2);
  return cf::ledger<>(open);
}();

// What is not named is not limited.
static_assert(within(traffic, cf::budget{}));

// Both ends are inclusive, of each of the four ranges, and no range looks at another's number.
static_assert(within(traffic, cf::budget{.message_bytes = {.at_least = 14, .at_most = 14}}));
static_assert(!within(traffic, cf::budget{.message_bytes = {.at_least = 15}}) &&
              !within(traffic, cf::budget{.message_bytes = {.at_most = 13}}));
static_assert(within(traffic, cf::budget{.input_bytes = {.at_least = 6, .at_most = 6}}));
static_assert(!within(traffic, cf::budget{.input_bytes = {.at_least = 7}}) && !within(traffic, cf::budget{.input_bytes = {.at_most = 5}}));
static_assert(within(traffic, cf::budget{.output_bytes = {.at_least = 10, .at_most = 10}}));
static_assert(!within(traffic, cf::budget{.output_bytes = {.at_least = 11}}) &&
              !within(traffic, cf::budget{.output_bytes = {.at_most = 9}}));
static_assert(within(traffic, cf::budget{.calls = {.at_least = 2, .at_most = 2}}));
static_assert(!within(traffic, cf::budget{.calls = {.at_least = 3}}) && !within(traffic, cf::budget{.calls = {.at_most = 1}}));

// One broken range is enough, whichever the others are.
static_assert(!within(traffic, cf::budget{.message_bytes = {.at_most = 13}, .calls = {.at_most = 2}}));
static_assert(!within(traffic, cf::budget{.message_bytes = {.at_most = 14}, .calls = {.at_most = 1}}));

// A step that recorded nothing breaks every budget, unless it is said that nothing is all right.
static_assert(!within(cf::ledger<>(), cf::budget{}) && !within(cf::ledger<>(), cf::budget{.message_bytes = {.at_most = 1000}}));
static_assert(within(cf::ledger<>(), cf::budget{.calls = {.at_least = 0}}));
static_assert(!within(cf::ledger<>(), cf::budget{.message_bytes = {.at_least = 1}, .calls = {.at_least = 0}}));

// A ceiling of nothing is not "no ceiling".
static_assert(!within(traffic, cf::budget{.message_bytes = {.at_most = 0}}));

// A range that holds no number is a mistake and not a broken budget, even beside a broken one.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
static_assert(is_a_constant<[] { return within(traffic, cf::budget{.calls = {.at_least = 7, .at_most = 7}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.calls = {.at_least = 8, .at_most = 7}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.message_bytes = {1, 0}, .calls = {.at_most = 1}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.input_bytes = {1, 0}}); }>);
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.output_bytes = {1, 0}}); }>);
// `.calls = {.at_most = 0}` keeps its floor of one call: say `.at_least = 0` too.
static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.calls = {.at_most = 0}}); }>);

static_assert(!is_a_constant<[] { return within(traffic, cf::budget{.message_size = {1, 0}}); }>);

// The calls that a filter means, and no others.
constexpr cf::ledger<> step = [] {
  cf::detail::open_ledger open;
  open.add({cf::c10d_functional::all_gather_into_tensor, "dp", 4, "forward", cf::bf16, {10, 40, 40}}, 3);
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "forward/layer", cf::f32, {8, 8, 8}}, 5);
  open.add({cf::c10d_functional::all_reduce, "tp", 2, "backward", cf::f32, {6, 6, 6}}, 1);
  return cf::ledger<>(open);
}();
static_assert(within(step, cf::budget{.of = {.group = "tp"}, .message_bytes = {46, 46}, .calls = {6, 6}}));
static_assert(within(step, cf::budget{.of = {.group = "tp", .phase = "forward"}, .message_bytes = {40, 40}, .calls = {5, 5}}));
static_assert(within(step, cf::budget{.of = {.dtype = cf::bf16}, .input_bytes = {30, 30}, .output_bytes = {120, 120}}));
static_assert(!within(step, cf::budget{.of = {.group = "tp"}, .message_bytes = {.at_most = 45}}));

// One call at a time: 40, 8 and 6 bytes.
static_assert(within(step, cf::budget{.message_size = {.at_least = 6, .at_most = 40}}));
static_assert(!within(step, cf::budget{.message_size = {.at_least = 7}}) && !within(step, cf::budget{.message_size = {.at_most = 39}}));
static_assert(within(step, cf::budget{.of = {.group = "tp"}, .message_size = {.at_most = 8}}));

// A filter that means no call breaks its budget, unless there is to be none.
static_assert(!within(step, cf::budget{.of = {.group = "pp"}}) && !within(step, cf::budget{.of = {.group = "pp"}, .message_size = {5, 6}}));
static_assert(within(step, cf::budget{.of = {.group = "pp"}, .calls = cf::no_calls}));
static_assert(within(step, cf::budget{.of = {.group = "pp"}, .calls = cf::no_calls, .message_size = {5, 6}}));
static_assert(!within(step, cf::budget{.of = {.op = cf::c10d_functional::all_reduce}, .calls = cf::no_calls}));

// Several rules: each must hold, wherever it stands, and none is nothing to break.
constexpr cf::budget rules[] = {{.message_bytes = {.at_most = 166}}, {.of = {.group = "tp"}, .calls = {.at_most = 6}}};
static_assert(within(step, rules));
constexpr cf::budget first_broken[] = {{.message_bytes = {.at_most = 165}}, {.of = {.group = "tp"}, .calls = {.at_most = 6}}};
constexpr cf::budget last_broken[] = {{.message_bytes = {.at_most = 166}}, {.of = {.group = "tp"}, .calls = {.at_most = 5}}};
static_assert(!within(step, first_broken) && !within(step, last_broken));

}  // namespace
