// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/open_ledger.hpp
/// A ledger while it is written.

#include <commfold/op/call_summary.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/call_store.hpp>
#include <commfold/trace/hash_index.hpp>
#include <commfold/trace/record_array.hpp>
#include <commfold/trace/traffic_totals.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace commfold::detail {

/// Equal calls, and their number.
struct stored_row {
  stored_call call;
  std::size_t calls;
};

constexpr traffic_totals totals_of(stored_row const& row) {
  return totals_of(row.calls, {row.call.input_bytes, row.call.output_bytes, row.call.message_bytes});
}

/// Counts calls. A row is found again by its hash, so that a step of many distinct calls takes linear time.
template <class Row>
class basic_open_ledger {
 public:
  static constexpr bool keeps_order = false;

  constexpr basic_open_ledger() noexcept = default;
  /// Keeps parts as long as all of them together are at most so many numbers.
  constexpr explicit basic_open_ledger(std::size_t most_parts) noexcept : store_(most_parts) {}

  constexpr sequence_index index_of(std::string_view name) { return store_.index_of(name); }
  constexpr void write(std::size_t times, call_summary const& call, sequence_index phase, parts_view const& parts) {
    count(store_.store(call, phase, parts), times);
  }
  constexpr void add(call_record const& call, std::size_t times) { count(store_.store(call), times); }

  [[nodiscard]] constexpr growing_array<Row>& rows() noexcept { return rows_; }
  [[nodiscard]] constexpr auto& store() noexcept { return store_; }

 private:
  using stored = decltype(Row::call);

  constexpr void count(stored const& call, std::size_t times) {
    std::uint32_t const hash = hash_of(call);
    if (sequence_index const found = index_.find(hash, [&](sequence_index at) { return are_same(rows_[at - 1].call, call); }); found != 0) {
      rows_[found - 1].calls = checked_add(rows_[found - 1].calls, times, "commfold::trace");
      return;
    }
    rows_.push_back({call, times});
    if (std::uint64_t{rows_.size()} > ~sequence_index{0}) fail_too_much_to_keep();
    index_.enter(hash, static_cast<sequence_index>(rows_.size()));  // from 1 on
  }

  /// Small numbers are spread over the low bits, which choose the slot.
  static constexpr std::uint32_t hash_of(stored const& call) noexcept {
    std::uint64_t const bytes = call.message_bytes + 3 * call.input_bytes;
    std::uint64_t const names = call.group + std::uint64_t{call.phase} * 0x101 + call.op_name_size * 0x10001u;
    std::uint64_t const ranks = call.group_size + call.rank * 0x101 + std::uint64_t{call.parts} * 0x10001;
    return static_cast<std::uint32_t>(hash_with(hash_with(bytes, names), ranks));
  }

  basic_call_store<stored> store_;
  growing_array<Row> rows_;
  hash_index<decltype(stored::group)> index_;
};

using open_ledger = basic_open_ledger<stored_row>;

}  // namespace commfold::detail
