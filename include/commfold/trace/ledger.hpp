// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/ledger.hpp
/// What a trace leaves behind: calls of one kind are one row, with their number. Kept by value, so that it can be a `constexpr` variable.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/call_record.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold {

/// Calls and bytes, added up. All per rank.
struct traffic_totals {
  std::size_t calls = 0;
  std::size_t input_bytes = 0;
  std::size_t output_bytes = 0;
  std::size_t message_bytes = 0;

  friend constexpr bool operator==(traffic_totals const&, traffic_totals const&) = default;

  /// `overflow_error` where a sum does not fit.
  [[nodiscard]] friend constexpr traffic_totals operator+(traffic_totals const& a, traffic_totals const& b) {
    auto const plus = [](std::size_t x, std::size_t y) { return detail::checked_add(x, y, "commfold::ledger::total"); };
    return {plus(a.calls, b.calls), plus(a.input_bytes, b.input_bytes), plus(a.output_bytes, b.output_bytes),
            plus(a.message_bytes, b.message_bytes)};
  }
};

/// All calls with one operator, group, phase, dtype and size.
class ledger_row {
 public:
  constexpr ledger_row() = default;
  constexpr ledger_row(call_record const& one, std::size_t calls) : one_(one), calls_(calls) {}

  /// One of the calls; they are all alike.
  [[nodiscard]] constexpr call_record const& call() const noexcept { return one_; }
  [[nodiscard]] constexpr std::size_t calls() const noexcept { return calls_; }

  /// The bytes of all of them; `overflow_error` where they do not fit.
  [[nodiscard]] constexpr traffic_totals totals() const {
    auto const all = [this](std::size_t of_one) { return detail::checked_multiply(calls_, of_one, "commfold::ledger_row::totals"); };
    return {calls_, all(one_.bytes().input_bytes), all(one_.bytes().output_bytes), all(one_.bytes().message_bytes)};
  }

  constexpr void add_calls(std::size_t more) { calls_ = detail::checked_add(calls_, more, "commfold::trace"); }

  friend constexpr bool operator==(ledger_row const&, ledger_row const&) = default;

 private:
  call_record one_;
  std::size_t calls_ = 0;
};

namespace detail {

/// The rows of a ledger while it is written: found again by hash, so that a step of many distinct calls stays linear. A template, so that
/// its containers are instantiated for those who trace and not for all who include it.
template <class Row>
class basic_open_ledger {
 public:
  static constexpr bool keeps_order = false;

  template <class... Facts>
  constexpr void write(std::size_t times, Facts const&... of_a_record) {
    add(call_record(of_a_record...), times);
  }

  constexpr void add(call_record const& call, std::size_t times) {
    if (2 * (rows_.size() + 1) > slots_.size()) grow();
    std::uint64_t const wanted = hash(call);
    std::size_t at = wanted & (slots_.size() - 1);
    for (; slots_[at].row != 0; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash == wanted && rows_[slots_[at].row - 1].call() == call) return rows_[slots_[at].row - 1].add_calls(times);
    }
    rows_.emplace_back(call, times);
    slots_[at] = {wanted, rows_.size()};
  }

  [[nodiscard]] constexpr std::vector<Row> const& rows() const noexcept { return rows_; }

 private:
  /// Rows are compared where their hashes are equal, and only there: a row is long.
  struct slot {
    std::uint64_t hash = 0;
    std::size_t row = 0;  // one more than its position; 0: none yet
  };

  static constexpr std::uint64_t hash(call_record const& call) noexcept {
    std::uint64_t const numbers = hash_of(call.bytes().message_bytes, hash_of(call.bytes().input_bytes, call.group_size()));
    return hash_of(call.phase(), hash_of(call.group(), hash_of(call.op(), numbers)));
  }

  constexpr void grow() {
    std::vector<slot> const before = std::move(slots_);
    slots_ = std::vector<slot>(before.empty() ? 16 : 2 * before.size());
    for (slot const& filled : before) {
      if (filled.row == 0) continue;
      std::size_t at = filled.hash & (slots_.size() - 1);
      while (slots_[at].row != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = filled;
    }
  }

  std::vector<Row> rows_;
  std::vector<slot> slots_;
};

using open_ledger = basic_open_ledger<ledger_row>;

[[noreturn]] inline void fail_ledger_too_small(std::size_t rows_needed, std::size_t rows_there) {
  fail<invalid_argument>("commfold::trace: the step makes " + std::to_string(rows_needed) + " kinds of call, the ledger has " +
                         std::to_string(rows_there) + " rows; ask for trace<" + std::to_string(rows_needed) + ">(step, ...)");
}

/// A constant trace that does not fit stops here, in an array of as many elements as the ledger has rows: of an element outside an array
/// every compiler tells the number, where it only names a function that is called.
template <std::size_t Rows>
constexpr void expect_ledger_has_room(std::size_t rows_needed) {
  if (rows_needed <= Rows) return;
  if (std::is_constant_evaluated()) {
    constexpr bool ledger_too_small_ask_for_trace_of[Rows == 0 ? 1 : Rows] = {};
    if (ledger_too_small_ask_for_trace_of[rows_needed]) return;
  }
  fail_ledger_too_small(rows_needed, Rows);
}

}  // namespace detail

/// The calls of a step, counted: up to `Rows` kinds of call, or any number with `dyn`, which allocates and so lives at run time.
/// Rows stand in the order of the first call of their kind.
template <std::size_t Rows = 64>
class ledger {
 public:
  constexpr ledger() = default;

  template <class Row>
  constexpr explicit ledger(detail::basic_open_ledger<Row> const& open) {
    keep(open.rows());
  }

  /// These rows, in this order, as one that was written down and is read again.
  constexpr explicit ledger(std::span<ledger_row const> rows) { keep(rows); }

  /// They live as long as the ledger.
  [[nodiscard]] constexpr std::span<ledger_row const> rows() const noexcept {
    if constexpr (Rows == dyn)
      return rows_;
    else
      return {rows_.data(), size_};
  }

  /// The totals of the rows for which a predicate holds: `l.total([](cf::call_record const& c) { return c.phase() == "forward"; })`.
  /// `overflow_error` where a sum does not fit.
  template <class Predicate>
  [[nodiscard]] constexpr traffic_totals total(Predicate&& predicate) const {
    traffic_totals all;
    for (ledger_row const& row : rows())
      if (predicate(row.call())) all = all + row.totals();
    return all;
  }
  /// `l.total({.group = "tp", .phase = "backward"})`.
  [[nodiscard]] constexpr traffic_totals total(call_filter const& filter) const { return total<call_filter const&>(filter); }
  [[nodiscard]] constexpr traffic_totals total() const {
    return total([](call_record const&) { return true; });
  }

  /// The rows for which a predicate holds, as a ledger: `l.slice({.group = "tp"})`.
  template <class Predicate>
  [[nodiscard]] constexpr ledger slice(Predicate&& predicate) const {
    ledger some;
    for (ledger_row const& row : rows())
      if (predicate(row.call())) some.push_back(row);
    return some;
  }
  [[nodiscard]] constexpr ledger slice(call_filter const& filter) const { return slice<call_filter const&>(filter); }

  [[nodiscard]] constexpr std::size_t calls() const {
    std::size_t all = 0;
    for (ledger_row const& row : rows()) all = detail::checked_add(all, row.calls(), "commfold::ledger::calls");
    return all;
  }
  [[nodiscard]] constexpr std::size_t input_bytes() const { return total().input_bytes; }
  [[nodiscard]] constexpr std::size_t output_bytes() const { return total().output_bytes; }
  [[nodiscard]] constexpr std::size_t message_bytes() const { return total().message_bytes; }

  /// Row by row, whatever room either has left.
  template <std::size_t Other>
  [[nodiscard]] friend constexpr bool operator==(ledger const& a, ledger<Other> const& b) {
    if (a.rows().size() != b.rows().size()) return false;
    for (std::size_t i = 0; i < a.rows().size(); ++i)
      if (!(a.rows()[i] == b.rows()[i])) return false;
    return true;
  }

 private:
  template <class Some>
  constexpr void keep(Some const& rows) {
    if constexpr (Rows == dyn)
      rows_.reserve(rows.size());
    else
      detail::expect_ledger_has_room<Rows>(rows.size());
    for (ledger_row const& row : rows) push_back(row);
  }
  constexpr void push_back(ledger_row const& row) {
    if constexpr (Rows == dyn)
      rows_.push_back(row);
    else
      rows_[size_++] = row;
  }

  std::conditional_t<Rows == dyn, std::vector<ledger_row>, std::array<ledger_row, Rows == dyn ? 0 : Rows>> rows_{};
  std::size_t size_ = 0;
};

}  // namespace commfold
