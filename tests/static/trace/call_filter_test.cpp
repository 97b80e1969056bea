// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_filter.hpp>

#include <commfold/op/table.hpp>

#include <string_view>

namespace {
namespace cf = commfold;

constexpr cf::process_group<"tp", 2> tp;

constexpr cf::call_record in(std::string_view phase) {
  return {cf::c10d_functional::all_reduce, "tp", 2, phase, cf::bf16, {100, 100, 100}};
}
constexpr cf::call_record call = in("backward/layer");
constexpr cf::call_record barrier{cf::c10d::barrier, "dp", 4, "", {}, {}};

// What is not named may be anything.
static_assert(cf::call_filter{}(call) && cf::call_filter{}(barrier) && cf::call_filter{}(cf::call_record{}));

// Each key by itself, by name and by the thing itself.
static_assert(cf::call_filter{.op = "_c10d_functional::all_reduce"}(call) && !cf::call_filter{.op = "c10d::allreduce_"}(call));
static_assert(cf::call_filter{.op = cf::c10d_functional::all_reduce}(call) && !cf::call_filter{.op = cf::c10d::allreduce_}(call));
static_assert(cf::call_filter{.kind = cf::collective_kind::all_reduce}(call) &&
              !cf::call_filter{.kind = cf::collective_kind::barrier}(call));
static_assert(cf::call_filter{.kind = cf::collective_kind::barrier}(barrier));
static_assert(cf::call_filter{.group = "tp"}(call) && !cf::call_filter{.group = "t"}(call) && !cf::call_filter{.group = ""}(call));
static_assert(cf::call_filter{.group = tp}(call) && !cf::call_filter{.group = tp}(barrier));
static_assert(cf::call_filter{.group = cf::process_group<"tp", 8>{}}(call));  // a name, not a size
static_assert(cf::call_filter{.dtype = cf::bf16}(call) && !cf::call_filter{.dtype = cf::f16}(call));
static_assert(!cf::call_filter{.dtype = cf::u8}(barrier));

// A phase holds what is nested in it, and is not its own beginning.
static_assert(cf::call_filter{.phase = "backward"}(call) && cf::call_filter{.phase = "backward/layer"}(call));
static_assert(!cf::call_filter{.phase = "backward/layer/x"}(call) && !cf::call_filter{.phase = "layer"}(call));
static_assert(!cf::call_filter{.phase = "back"}(call) && !cf::call_filter{.phase = "backward/lay"}(call));
static_assert(!cf::call_filter{.phase = "backward"}(in("backwards")) && !cf::call_filter{.phase = "backward"}(in("backward-2/x")));
static_assert(!cf::call_filter{.phase = "backward"}(in("")) && cf::call_filter{.phase = ""}(in("")) && !cf::call_filter{.phase = ""}(call));
static_assert(!cf::call_filter{.phase = ""}(in("/x")) && !cf::call_filter{.phase = ""}(in("/")));  // nothing but "" lies within ""

// Both ends of a size belong to it.
static_assert(cf::call_filter{.message_size = {.at_least = 100, .at_most = 100}}(call));
static_assert(!cf::call_filter{.message_size = {.at_least = 101}}(call) && !cf::call_filter{.message_size = {.at_most = 99}}(call));

// All of what is named.
static_assert(cf::call_filter{.op = cf::c10d_functional::all_reduce, .group = tp, .phase = "backward", .dtype = cf::bf16}(call));
static_assert(!cf::call_filter{.op = cf::c10d::allreduce_, .group = tp, .phase = "backward", .dtype = cf::bf16}(call));
static_assert(!cf::call_filter{.op = cf::c10d_functional::all_reduce, .kind = cf::collective_kind::send, .group = tp}(call));
static_assert(!cf::call_filter{.op = cf::c10d_functional::all_reduce, .group = "dp", .phase = "backward", .dtype = cf::bf16}(call));
static_assert(!cf::call_filter{.op = cf::c10d_functional::all_reduce, .group = tp, .phase = "forward", .dtype = cf::bf16}(call));
static_assert(!cf::call_filter{.op = cf::c10d_functional::all_reduce, .group = tp, .phase = "backward", .dtype = cf::f32}(call));

}  // namespace
