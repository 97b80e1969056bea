// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_record.hpp>

#include <commfold/op/table.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;

constexpr cf::call_bytes sizes{.input_bytes = 1, .output_bytes = 2, .message_bytes = 3};
constexpr cf::call_record record(cf::c10d_functional::broadcast, "dp", 4, "forward/layer", cf::bf16, sizes);
static_assert(record.op() == "_c10d_functional::broadcast" && record.group() == "dp" && record.group_size() == 4);
static_assert(record.phase() == "forward/layer" && record.dtype() == cf::bf16 && record.bytes() == sizes);

// A call of nothing at all, to assign to.
static_assert(cf::call_record().op().empty() && cf::call_record().group_size() == 0 && !cf::call_record().dtype());

// Its kind is that of its operator.
static_assert(record.kind() == cf::collective_kind::broadcast);
static_assert(cf::call_record(cf::c10d::barrier, "dp", 4, "", {}, {}).kind() == cf::collective_kind::barrier);
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

// The kind is compared by itself: what was written down may name an operator that this program does not know.
constexpr cf::call_record of_kind(cf::collective_kind kind) { return cf::call_record({.op = "x", .kind = kind, .group = "g"}, ""); }
static_assert(of_kind(cf::collective_kind::send) == of_kind(cf::collective_kind::send));
static_assert(of_kind(cf::collective_kind::send) != of_kind(cf::collective_kind::recv));

// A call with everything that it can have.
constexpr std::size_t sent[] = {5, 0, 7, 1}, got[] = {4, 4, 0, 9};
constexpr cf::call_summary all_to_all{.op = cf::c10d_functional::all_to_all_single_t::name,
                                      .kind = cf::collective_kind::all_to_all,
                                      .group = "ep",
                                      .group_size = 4,
                                      .dtype = cf::u8,
                                      .bytes = {13, 17, 17},
                                      .root = {},
                                      .peer = {}};
constexpr cf::call_record with(std::size_t const (&input)[4], std::size_t const (&output)[4], bool were_kept = true) {
  return cf::call_record(all_to_all, "forward", {{input, 4}, {output, 4}, were_kept});
}
constexpr cf::call_record uneven = with(sent, got);
static_assert(uneven.parts() == cf::parts_state::kept && uneven.input_parts().size() == 4 && uneven.output_parts().size() == 4);
static_assert(uneven.input_parts()[2] == 7 && uneven.output_parts()[3] == 9 && !uneven.root() && !uneven.peer());
constexpr std::size_t sum_of(cf::bytes_by_rank parts) {
  std::size_t sum = 0;
  for (std::size_t const part : parts) sum += part;
  return sum;
}
static_assert(sum_of(uneven.input_parts()) == 13 && sum_of(uneven.output_parts()) == 17 && sum_of({}) == 0);

// Three states: nothing to keep, kept, and not kept, which is not even.
static_assert(record.parts() == cf::parts_state::even && record.input_parts().empty() && record.output_parts().empty());
constexpr cf::call_record one_side(all_to_all, "forward", {{sent, 4}, {}});
static_assert(one_side.parts() == cf::parts_state::kept && one_side.output_parts().empty());
constexpr cf::call_record lost(all_to_all, "forward", {{}, {}, false});
static_assert(lost.parts() == cf::parts_state::not_kept && lost.input_parts().empty());

// The tensors of a call are no parts by rank.
constexpr cf::call_record of_tensors(all_to_all, "forward", {{}, {}, true, {sent, 4}});
static_assert(of_tensors.parts() == cf::parts_state::even && of_tensors.tensor_parts().size() == 4 && of_tensors.tensor_parts()[2] == 7);
static_assert(of_tensors != cf::call_record(all_to_all, "forward") && uneven.tensor_parts().empty());

// One tensor and several are different calls.
constexpr cf::call_summary of_several{.op = "x", .kind = cf::collective_kind::send, .group = "g", .several = true};
static_assert(cf::call_record(of_several, "").several() && cf::call_record(of_several, "") != of_kind(cf::collective_kind::send));

// Parts are compared as numbers, wherever they stand; so are root and peer.
constexpr std::size_t sent_alike[] = {5, 0, 7, 1};
static_assert(uneven == with(sent_alike, got) && uneven != with(got, got) && uneven != with(sent, sent));
constexpr std::size_t another_last[] = {5, 0, 7, 2}, another_middle[] = {5, 1, 7, 1};
static_assert(uneven != with(another_last, got) && uneven != with(another_middle, got) && uneven != with(sent, another_last));
static_assert(uneven != one_side && uneven != lost && one_side != lost && lost != cf::call_record(all_to_all, "forward"));
constexpr cf::call_record rooted(std::optional<std::size_t> root, std::optional<std::size_t> peer) {
  cf::call_summary call = all_to_all;
  call.root = root;
  call.peer = peer;
  return cf::call_record(call, "");
}
static_assert(rooted(3, {}).root() == 3 && !rooted(3, {}).peer() && rooted({}, 0).peer() == 0 && !rooted({}, 0).root());
static_assert(rooted(3, {}) == rooted(3, {}) && rooted(3, {}) != rooted(2, {}) && rooted(0, {}) != rooted({}, {}));
static_assert(rooted({}, 3) != rooted(3, {}) && rooted({}, 3) != rooted({}, 2));

// A record is a view: its names may have any length.
constexpr std::string_view line = "0123456789012345678901234567890123456789012345678901234567890123";
constexpr cf::call_record long_names(cf::c10d::barrier, line, 1, line, {}, {});
static_assert(long_names.group() == line && long_names.phase().data() == line.data());

}  // namespace
