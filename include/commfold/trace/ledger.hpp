// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/ledger.hpp
/// What a trace leaves behind: equal calls are one row, with their number. Kept by value, so that it can be a `constexpr` variable.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/call_store.hpp>
#include <commfold/trace/open_ledger.hpp>
#include <commfold/trace/record_array.hpp>
#include <commfold/trace/record_range.hpp>
#include <commfold/trace/traffic_totals.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>

namespace commfold {

/// All calls that are equal in everything that a `call_record` holds.
class ledger_row {
 public:
  constexpr ledger_row() = default;
  constexpr ledger_row(call_record const& one, std::size_t calls) : one_(one), calls_(calls) {}

  /// One of the calls. Of a row that is a temporary it is a value, as in `l.rows()[0].call()`.
  [[nodiscard]] constexpr call_record const& call() const& noexcept { return one_; }
  [[nodiscard]] constexpr call_record call() const&& noexcept { return one_; }
  [[nodiscard]] constexpr std::size_t calls() const noexcept { return calls_; }

  /// The bytes of all of them; `overflow_error` where they do not fit.
  [[nodiscard]] constexpr traffic_totals totals() const { return detail::totals_of(calls_, one_.bytes()); }

  friend constexpr bool operator==(ledger_row const&, ledger_row const&) = default;

 private:
  call_record one_;
  std::size_t calls_ = 0;
};

namespace detail {

/// What a ledger of so many rows has room for: the characters of all its names, and the numbers of all its parts. The constants let a
/// ledger of one row hold a group of 64 and a phase of 192 characters, and the parts of an all-to-all over 8 ranks.
constexpr std::size_t name_room(std::size_t rows) noexcept { return rows == dyn ? dyn : 40 * rows + 256; }
constexpr std::size_t parts_room(std::size_t rows) noexcept { return rows == dyn ? dyn : 4 * rows + 24; }
constexpr std::size_t rows_for_names(std::size_t characters) noexcept { return characters <= 256 ? 0 : (characters - 256 + 39) / 40; }

[[noreturn]] inline void fail_too_few_rows(std::size_t needed, std::size_t rows) {
  fail<invalid_argument>("commfold::trace: the step makes " + std::to_string(needed) + " kinds of call, the ledger has " +
                         std::to_string(rows) + " rows; ask for trace<" + std::to_string(needed) + ">(step, ...)");
}
[[noreturn]] inline void fail_too_long_names(std::size_t characters, std::size_t rows) {
  fail<invalid_argument>("commfold::trace: the names of the step's groups and phases take " + std::to_string(characters) +
                         " characters, a ledger of " + std::to_string(rows) + " rows holds " + std::to_string(name_room(rows)) +
                         "; ask for trace<" + std::to_string(rows_for_names(characters)) + ">(step, ...)");
}

/// A constant that does not fit stops at an element outside an array of as many elements as the ledger has rows: every compiler prints the
/// index, which is the number of rows to ask for, and the array's name; of a call it would print the name alone.
template <std::size_t Rows>
constexpr void expect_room(std::size_t rows, std::size_t name_characters) {
  if (rows <= Rows && name_characters <= name_room(Rows)) return;
  if (std::is_constant_evaluated()) {
    std::size_t const for_names = rows_for_names(name_characters);
    constexpr bool ledger_too_small_ask_for_trace_of[Rows == 0 ? 1 : Rows] = {};
    if (ledger_too_small_ask_for_trace_of[rows < for_names ? for_names : rows]) return;
  }
  if (rows > Rows) fail_too_few_rows(rows, Rows);
  fail_too_long_names(name_characters, Rows);
}

/// The storage of a ledger: an entry for each kind of call, and the names and parts that entries refer to by index.
template <class Entry, std::size_t Rows>
struct kept_calls {
  using entry = Entry;

  record_array<Entry, Rows> entries{};
  record_array<char, name_room(Rows)> names{};
  record_array<std::size_t, parts_room(Rows)> parts{};

  [[nodiscard]] constexpr call_texts texts() const noexcept { return {names.data(), parts.data()}; }
};

template <class Row>
struct row_source {
  Row const* rows = nullptr;
  call_texts texts{};

  constexpr ledger_row operator()(std::size_t i) const noexcept { return {record_of(rows[i].call, texts), rows[i].calls}; }
};

}  // namespace detail

/// The calls of a step, counted: up to `Rows` kinds of call, or any number with `dyn`, which allocates and so lives at run time. Rows stand
/// in the order of the first call of their kind.
///
/// Names are kept once for all rows. A ledger in place has room for 40 characters a row and 256 more; one with less than the names of the
/// step take is refused, in words that say how many rows to ask for. `ledger<dyn>` keeps names of any length.
///
/// Calls that differ in nothing but their parts by rank are different rows, as far as parts are kept: `ledger<dyn>` keeps all, a ledger in
/// place at most 4 numbers a row and 24 more. A call whose parts no longer fit is counted all the same; its record says that its parts are
/// `not_kept`, and it is one row with all such calls that are otherwise equal.
template <std::size_t Rows = 64>
class ledger {
  using kept = detail::kept_calls<detail::stored_row, Rows>;

 public:
  constexpr ledger() = default;

  template <class Row>
  constexpr explicit ledger(detail::basic_open_ledger<Row> open) {
    take(open.rows(), open.store());
  }

  /// These rows, in this order, as one that was written down and is read again. Their names are copied.
  template <class Row = detail::stored_row>
  constexpr explicit ledger(std::span<ledger_row const> rows) {
    detail::basic_call_store<decltype(Row::call)> store(detail::parts_room(Rows));
    detail::growing_array<Row> stored;
    for (ledger_row const& row : rows) stored.push_back({store.store(row.call()), row.calls()});
    take(stored, store);
  }

  /// A range with random access, whose elements are made on request. They live as long as the ledger.
  [[nodiscard]] constexpr detail::record_range<ledger_row, detail::row_source<typename kept::entry>> rows() const noexcept {
    return {{kept_.entries.data(), kept_.texts()}, kept_.entries.size()};
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
    traffic_totals all;
    for (std::size_t i = 0; i != kept_.entries.size(); ++i) all = all + detail::totals_of(kept_.entries[i]);
    return all;
  }

  /// The rows for which a predicate holds, as a ledger: `l.slice({.group = "tp"})`.
  template <class Predicate>
  [[nodiscard]] constexpr ledger slice(Predicate&& predicate) const {
    ledger some;
    some.kept_.names = kept_.names;
    some.kept_.parts = kept_.parts;
    auto const all = rows();
    for (std::size_t i = 0; i != all.size(); ++i)
      if (predicate(all[i].call())) some.kept_.entries.push_back(kept_.entries[i]);
    return some;
  }
  [[nodiscard]] constexpr ledger slice(call_filter const& filter) const { return slice<call_filter const&>(filter); }

  [[nodiscard]] constexpr std::size_t calls() const {
    std::size_t all = 0;
    for (std::size_t i = 0; i != kept_.entries.size(); ++i)
      all = detail::checked_add(all, kept_.entries[i].calls, "commfold::ledger::calls");
    return all;
  }
  [[nodiscard]] constexpr std::size_t input_bytes() const { return total().input_bytes; }
  [[nodiscard]] constexpr std::size_t output_bytes() const { return total().output_bytes; }
  [[nodiscard]] constexpr std::size_t message_bytes() const { return total().message_bytes; }

  /// Row by row, whatever room either has left.
  template <std::size_t Other>
  [[nodiscard]] friend constexpr bool operator==(ledger const& a, ledger<Other> const& b) {
    auto const ours = a.rows();
    auto const theirs = b.rows();
    if (ours.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < ours.size(); ++i)
      if (!(ours[i] == theirs[i])) return false;
    return true;
  }

 private:
  template <std::size_t>
  friend class traffic_slices;

  template <class Array, class Store>
  constexpr void take(Array& rows, Store& store) {
    if constexpr (Rows != dyn) detail::expect_room<Rows>(rows.size(), store.names().size());
    kept_.entries.take(static_cast<Array&&>(rows));
    kept_.names.take(static_cast<detail::growing_array<char>&&>(store.names()));
    kept_.parts.take(static_cast<detail::growing_array<std::size_t>&&>(store.parts()));
  }

  kept kept_{};
};

}  // namespace commfold
