// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/log.hpp
/// `log` runs a step over a recorder and returns every call in order.

#include <commfold/op/call_summary.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/call_store.hpp>
#include <commfold/trace/record_array.hpp>
#include <commfold/trace/record_range.hpp>
#include <commfold/trace/recorder.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace commfold {

namespace detail {

/// How a log keeps one entry. Specialized for entries that are more than a call.
template <class Record>
struct log_entry {
  stored_call call;

  template <class Store>
  static constexpr log_entry of(Record const& record, Store& store) {
    return {store.store(record)};
  }
  template <class Texts>
  [[nodiscard]] constexpr Record read(Texts const& texts) const noexcept {
    return record_of(call, texts);
  }
};

template <class Record>
struct log_source {
  log_entry<Record> const* entries = nullptr;
  call_texts texts{};

  constexpr Record operator()(std::size_t i) const noexcept { return entries[i].read(texts); }
};

}  // namespace detail

/// Every call of a step, in order, with its parts by rank where it has any. What is repeated is there as often as it is repeated. A
/// template, see CONTRIBUTING, What it costs; users write `call_log`.
template <class Record>
class basic_call_log {
 public:
  static constexpr bool keeps_order = true;

  /// Makes room, for those who know how many calls will come: a ledger of the same step does.
  constexpr void reserve(std::size_t calls) { entries_.make_room(calls); }

  constexpr detail::sequence_index index_of(std::string_view name) { return store_.index_of(name); }

  /// For recorders: `more` are the names that an entry has beside its call.
  template <class... Names>
  constexpr void write(std::size_t, call_summary const& call, detail::sequence_index phase, parts_view const& parts, Names const&... more) {
    entries_.push_back({store_.store(call, phase, parts), store_.index_of(more)...});
  }

  constexpr void add(Record const& record, std::size_t times) {
    entry const one = entry::of(record, store_);
    for (; times != 0; --times) entries_.push_back(one);
  }

  /// A range with random access, whose elements are made on request. They live until another call is written, as long as the log: before
  /// C++23, `for (auto& c : cf::log(step).calls())` loops over the calls of a log that is gone.
  [[nodiscard]] constexpr detail::record_range<Record, detail::log_source<Record>> calls() const noexcept {
    return {{entries_.data(), store_.texts()}, entries_.size()};
  }

 private:
  using entry = detail::log_entry<Record>;

  detail::basic_call_store<decltype(entry::call)> store_;
  detail::growing_array<entry> entries_;
};

using call_log = basic_call_log<call_record>;

/// log(step, arguments...): every call of step(comm, arguments...), in order.
template <class Step, class... Args, class Log = call_log>
[[nodiscard]] constexpr Log log(Step&& step, Args&&... args) {
  Log calls;
  recorder<Log> comm(calls);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return calls;
}

}  // namespace commfold
