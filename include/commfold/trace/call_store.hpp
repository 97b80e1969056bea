// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/call_store.hpp
/// How calls are kept: each as its numbers, and the indices of its names and parts, which are kept once for all calls.

#include <commfold/error.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/interned.hpp>
#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace commfold::detail {

/// A call as ledgers and logs keep it, in 64 bytes: logs are long. Nothing has a default value, so that nothing is written twice.
struct stored_call {
  std::size_t group_size;
  std::size_t input_bytes, output_bytes, message_bytes;
  std::size_t rank;             // the root or the peer
  char const* op_name;          // the row's own, which lives as long as the program
  sequence_index group, phase;  // among the names
  sequence_index parts;         // the number of parts of the input, then these, then those of the output; or those of tensors
  std::uint8_t op_name_size;
  collective_kind kind;
  commfold::dtype dtype;
  std::uint8_t has;  // of those below

  static constexpr std::uint8_t a_dtype = 1, a_root = 2, a_peer = 4, lost_parts = 8, parts_of_tensors = 16, several_entries = 32;

  using character = char;      // of names
  using number = std::size_t;  // of parts

  [[nodiscard]] constexpr std::string_view op() const noexcept { return {op_name, op_name_size}; }
};

/// The arrays that stored calls have places in.
struct call_texts {
  char const* names = nullptr;
  std::size_t const* parts = nullptr;
};

template <class Char>
constexpr std::string_view name_at(Char const* names, sequence_index at) noexcept {
  auto const name = sequence_at(names, at);
  return {name.items, name.size};
}

template <class Stored, class Texts>
constexpr call_record record_of(Stored const& call, Texts const& texts) noexcept {
  call_summary one;
  one.op = call.op();
  one.kind = call.kind;
  one.group = name_at(texts.names, call.group);
  one.group_size = call.group_size;
  if ((call.has & Stored::a_dtype) != 0) one.dtype = call.dtype;
  one.bytes = {call.input_bytes, call.output_bytes, call.message_bytes};
  if ((call.has & Stored::a_root) != 0) one.root = call.rank;
  if ((call.has & Stored::a_peer) != 0) one.peer = call.rank;
  one.several = (call.has & Stored::several_entries) != 0;
  parts_view parts{{}, {}, (call.has & Stored::lost_parts) == 0};
  if (call.parts != 0) {
    auto const all = sequence_at(texts.parts, call.parts);
    if ((call.has & Stored::parts_of_tensors) != 0) {
      parts.tensors = {all.items, all.size};
      return call_record(one, name_at(texts.names, call.phase), parts);
    }
    std::size_t const inputs = all.items[0];
    parts.input = {all.items + 1, inputs};
    parts.output = {all.items + 1 + inputs, all.size - 1 - inputs};
  }
  return call_record(one, name_at(texts.names, call.phase), parts);
}

/// Operators have one name each, mostly at one place; two translation units may have it at two.
constexpr bool same_op(stored_call const& a, stored_call const& b) noexcept {
  if (a.op_name_size != b.op_name_size) return false;
  if (!std::is_constant_evaluated() && a.op_name == b.op_name) return true;
  return a.op() == b.op();
}

/// Whether two calls of one store are the same: places are compared and not what stands there.
constexpr bool are_same(stored_call const& a, stored_call const& b) noexcept {
  return a.message_bytes == b.message_bytes && a.input_bytes == b.input_bytes && a.output_bytes == b.output_bytes &&
         a.group_size == b.group_size && a.group == b.group && a.phase == b.phase && a.parts == b.parts && a.rank == b.rank &&
         a.kind == b.kind && a.dtype == b.dtype && a.has == b.has && same_op(a, b);
}

[[noreturn]] constexpr void fail_root_and_peer() { fail<invalid_argument>("commfold::trace", "a call has a root or a peer, and not both"); }
[[noreturn]] constexpr void fail_ranks_and_tensors() {
  fail<invalid_argument>("commfold::trace", "a call has parts by rank or by tensor, and not both");
}
[[noreturn]] constexpr void fail_long_operator_name() {
  fail<invalid_argument>("commfold::trace", "the name of an operator has at most 255 characters");
}

/// The names and parts of calls while these are written. A template: see CONTRIBUTING, What it costs.
template <class Stored>
class basic_call_store {
  using character = typename Stored::character;
  using number = typename Stored::number;

 public:
  constexpr basic_call_store() noexcept = default;
  /// Keeps parts as long as all of them together are at most so many numbers.
  constexpr explicit basic_call_store(std::size_t most_parts) noexcept : most_parts_(most_parts) {}

  constexpr Stored store(call_summary const& call, sequence_index phase, parts_view const& parts) {
    if (call.op.size() > 0xff) fail_long_operator_name();
    unsigned has = 0;
    std::size_t rank = 0;
    if (call.dtype) has |= Stored::a_dtype;
    if (call.root) has |= Stored::a_root, rank = *call.root;
    if (call.peer) has |= Stored::a_peer, rank = *call.peer;
    if (call.several) has |= Stored::several_entries;
    if (call.root && call.peer) fail_root_and_peer();
    if (!parts.tensors.empty()) has |= Stored::parts_of_tensors;
    if (!parts.tensors.empty() && !(parts.input.empty() && parts.output.empty())) fail_ranks_and_tensors();
    sequence_index const kept = index_of(parts);
    if (!parts.were_kept || (kept == 0 && !parts.are_empty())) has |= Stored::lost_parts;
    return {call.group_size,
            call.bytes.input_bytes,
            call.bytes.output_bytes,
            call.bytes.message_bytes,
            rank,
            call.op.data(),
            index_of_group(call.group),
            phase,
            kept,
            static_cast<std::uint8_t>(call.op.size()),
            call.kind,
            call.dtype ? *call.dtype : commfold::dtype{},
            static_cast<std::uint8_t>(has)};
  }
  constexpr Stored store(call_record const& call) {
    parts_view const parts = call.all_parts();
    return store(call.summary(), index_of(call.phase()),
                 {if_uneven(parts.input), if_uneven(parts.output), parts.were_kept, if_several(parts.tensors)});
  }

  constexpr sequence_index index_of(std::string_view name) { return names_.index_of({name.data(), name.size()}); }

  [[nodiscard]] constexpr growing_array<character>& names() noexcept { return names_.items(); }
  [[nodiscard]] constexpr growing_array<number>& parts() noexcept { return parts_.items(); }
  [[nodiscard]] constexpr call_texts texts() const noexcept { return {names_.items().data(), parts_.items().data()}; }

 private:
  /// Mostly that of the last call, or the one before: many steps go to and fro between two groups, and two comparisons are fewer
  /// instructions than a hash.
  constexpr sequence_index index_of_group(std::string_view name) {
    if (name_at(names_.items().data(), last_group_) == name) return last_group_;
    sequence_index const last = last_group_;
    last_group_ = name_at(names_.items().data(), group_before_) == name ? group_before_ : index_of(name);
    group_before_ = last;
    return last_group_;
  }

  constexpr sequence_index index_of(parts_view const& parts) {
    if (!parts.tensors.empty()) return parts_.index_of({parts.tensors.data(), parts.tensors.size()}, most_parts_);
    return parts.are_empty() ? 0 : index_of_uneven(parts);
  }
  constexpr sequence_index index_of_uneven(parts_view const& parts) {
    growing_array<number> all;
    all.make_room(1 + parts.input.size() + parts.output.size());
    all.push_back(parts.input.size());
    all.append(parts.input.data(), parts.input.size());
    all.append(parts.output.data(), parts.output.size());
    return parts_.index_of({all.data(), all.size()}, most_parts_);
  }

  interned<character> names_;
  interned<number> parts_;
  std::size_t most_parts_ = dyn;
  sequence_index last_group_ = 0, group_before_ = 0;
};

}  // namespace commfold::detail
