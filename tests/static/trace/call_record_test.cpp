// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_record.hpp>

#include <commfold/op/table.hpp>

#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;

constexpr cf::call_bytes sizes{.input = 1, .output = 2, .message = 3};
constexpr cf::call_record record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, sizes);
static_assert(record.op() == "_c10d_functional::broadcast" && record.group() == "dp" && record.group_size() == 4);
static_assert(record.phase() == "forward/layer" && record.dtype() == cf::bf16 && record.bytes() == sizes);

// A call of nothing at all, to assign to.
static_assert(cf::call_record().op().empty() && cf::call_record().group_size() == 0 && !cf::call_record().dtype());

// Kept by value: it can be a constant, and what it was made of may go.
constexpr cf::call_record from_a_buffer() {
  char name[] = {'t', 'p'};
  cf::call_record made(cf::c10d::barrier, {name, 2}, 2, {name, 2}, {}, {});
  name[0] = name[1] = '?';
  return made;
}
static_assert(from_a_buffer().group() == "tp" && from_a_buffer().phase() == "tp" && !from_a_buffer().dtype());
static_assert(std::is_trivially_copyable_v<cf::call_record>);

// Different in any one respect is different.
static_assert(record == cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::all_reduce, "dp", 4, "forward/layer", cf::bf16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dq", 4, "forward/layer", cf::bf16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 5, "forward/layer", cf::bf16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layers", cf::bf16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::f16, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", {}, sizes));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, {9, 2, 3}));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, {1, 9, 3}));
static_assert(record != cf::call_record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, {1, 2, 9}));

// 31 characters of a group, 63 of a phase; the next one is refused and not cut off.
constexpr std::string_view line = "0123456789012345678901234567890123456789012345678901234567890123";
static_assert(line.size() == 64);
constexpr cf::call_record of(std::string_view group, std::string_view phase) { return {cf::c10d::barrier, group, 1, phase, {}, {}}; }
static_assert(of(line.substr(0, 31), line.substr(0, 63)).group() == "0123456789012345678901234567890");
static_assert(of(line.substr(0, 31), line.substr(0, 63)).phase().size() == 63);

template <auto F>
concept is_a_constant = requires { typename std::integral_constant<std::size_t, F()>; };
static_assert(is_a_constant<[] { return of(line.substr(0, 31), line.substr(0, 63)).group_size(); }>);
static_assert(!is_a_constant<[] { return of(line.substr(0, 32), "").group_size(); }>);
static_assert(!is_a_constant<[] { return of("", line).group_size(); }>);

}  // namespace
