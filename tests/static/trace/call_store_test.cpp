// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_store.hpp>

#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/trace/ledger.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace {
namespace cf = commfold;
using cf::parts_state;

// What a call takes in a log: in a record of its own with names in place it was 144 bytes.
static_assert(sizeof(void*) != 8 || sizeof(cf::detail::stored_call) == 64);
static_assert(std::is_trivially_copyable_v<cf::detail::stored_call> && std::is_trivially_default_constructible_v<cf::detail::stored_call>);
// A ledger of constants was 9736 bytes; one of a single row has room for long names.
static_assert(sizeof(void*) != 8 || (sizeof(cf::ledger<64>) <= 9736 && sizeof(cf::ledger<1>) <= 640));

constexpr cf::call_summary call(std::optional<std::size_t> root, std::optional<std::size_t> peer) {
  return {cf::c10d_functional::all_to_all_single_t::name,
          cf::collective_kind::all_to_all,
          "ep",
          2,
          cf::dtype::float8_e8m0fnu_x4,
          {cf::dyn, cf::dyn - 1, 1},
          root,
          peer};
}
constexpr std::size_t a[] = {1, cf::dyn}, b[] = {0, 2, 3}, same[] = {7, 7, 7};

/// A call as it comes back out of a store that keeps so many numbers of parts.
constexpr bool comes_back(cf::call_record const& record, std::size_t most_parts = cf::dyn) {
  cf::detail::basic_call_store<cf::detail::stored_call> store(most_parts);
  auto const stored = store.store(record);
  return cf::detail::record_of(stored, store.texts()) == record;
}
constexpr parts_state state_of(cf::parts_view const& parts, std::size_t most_parts) {
  cf::detail::basic_call_store<cf::detail::stored_call> store(most_parts);
  auto const stored = store.store(cf::call_record(call({}, {}), "", parts));
  return cf::detail::record_of(stored, store.texts()).parts();
}

// Everything comes back: also the largest numbers, and the absence of each.
static_assert(comes_back(cf::call_record(call({}, {}), "backward/layer")) && comes_back(cf::call_record(call(0, {}), "")));
static_assert(comes_back(cf::call_record(call({}, 0), "")) && comes_back(cf::call_record(call(cf::dyn, {}), "")));
static_assert(comes_back(cf::call_record(cf::call_summary{.op = "", .group = ""}, "")));
static_assert(comes_back(cf::call_record(cf::call_summary{.op = "", .group = "", .several = true}, "")));
static_assert(comes_back(cf::call_record(call({}, {}), "", {{a, 2}, {b, 3}})) &&
              comes_back(cf::call_record(call({}, {}), "", {{a, 2}, {}})));
static_assert(comes_back(cf::call_record(call({}, {}), "", {{}, {b, 3}})) &&
              comes_back(cf::call_record(call({}, {}), "", {{}, {}, false})));

// Of tensors as well: they are no parts by rank, and one tensor needs none.
static_assert(comes_back(cf::call_record(call({}, {}), "", {{}, {}, true, {b, 3}})));
static_assert(state_of({{}, {}, true, {b, 3}}, cf::dyn) == parts_state::even &&
              state_of({{}, {}, true, {b, 3}}, 4) == parts_state::not_kept);
static_assert(state_of({{}, {}, true, {b, 1}}, 0) == parts_state::even);

// The parts above take 7 items: themselves, how many there are on one side, and how many in all; and index 0 is taken.
static_assert(state_of({{a, 2}, {b, 3}}, 8) == parts_state::kept && state_of({{a, 2}, {b, 3}}, 7) == parts_state::not_kept);
// What is not kept stays so, and needs no room; equal parts are none.
static_assert(state_of({{}, {}, false}, cf::dyn) == parts_state::not_kept && state_of({}, 0) == parts_state::even);
static_assert(state_of({{same, 3}, {same, 3}}, 0) == parts_state::even && state_of({{same, 3}, {b, 3}}, 7) == parts_state::kept);

// A call has a root or a peer, and the name of its operator less than 256 characters.
template <auto F>
concept is_a_constant = requires { typename std::integral_constant<bool, F()>; };
static_assert(is_a_constant<[] { return comes_back(cf::call_record(call(1, {}), "")); }>);
static_assert(!is_a_constant<[] { return comes_back(cf::call_record(call(1, 1), "")); }>);
constexpr char long_name[257] = {};
constexpr bool named(std::size_t size) { return comes_back(cf::call_record(cf::call_summary{.op = {long_name, size}, .group = ""}, "")); }
static_assert(is_a_constant<[] { return named(255); }> && !is_a_constant<[] { return named(256); }>);

// Calls of one store are the same where all their members are. A row of a ledger is looked for by a hash of some of them, so that only two
// calls with one hash would tell that a member is not compared.
using cf::detail::stored_call;
constexpr stored_call stored{9, 10, 11, 12, 13, "xy", 14, 15, 16, 2, cf::collective_kind::send, cf::u8, stored_call::a_root};
template <class Member>
constexpr bool compares(Member stored_call::* member, Member other) {
  stored_call another = stored;
  another.*member = other;
  return !cf::detail::are_same(stored, another) && !cf::detail::are_same(another, stored);
}
constexpr char same_name[] = {'x', 'y', 'z'};
static_assert(cf::detail::are_same(stored, stored) && !compares(&stored_call::op_name, static_cast<char const*>(same_name)));
static_assert(compares<std::size_t>(&stored_call::group_size, 0) && compares<std::size_t>(&stored_call::input_bytes, 0) &&
              compares<std::size_t>(&stored_call::output_bytes, 0) && compares<std::size_t>(&stored_call::message_bytes, 0) &&
              compares<std::size_t>(&stored_call::rank, 0));
static_assert(compares<cf::detail::sequence_index>(&stored_call::group, 0) &&
              compares<cf::detail::sequence_index>(&stored_call::phase, 0) && compares<cf::detail::sequence_index>(&stored_call::parts, 0));
static_assert(compares<char const*>(&stored_call::op_name, "xz") && compares<std::uint8_t>(&stored_call::op_name_size, 1) &&
              compares(&stored_call::kind, cf::collective_kind::recv) && compares(&stored_call::dtype, cf::i8) &&
              compares<std::uint8_t>(&stored_call::has, stored_call::a_peer));

}  // namespace
