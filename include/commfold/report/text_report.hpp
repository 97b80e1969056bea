// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/text_report.hpp
/// A ledger, or a log, as an aligned text table.

#include <commfold/report/cells.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/report/text_table.hpp>
#include <commfold/size/format.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/totals_by.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace commfold {

namespace detail {

/// "65 537 024 B" and "(62.5 MiB)": two cells, so that digits are aligned with digits.
template <class Text>
struct cells_of_size {
  Text exact;
  Text readable;
};

struct text_report_fn {
  template <std::size_t Rows, class Text = std::string>
  [[nodiscard]] Text operator()(ledger<Rows> const& traffic) const {
    traffic_totals const all = traffic.total();
    text_table<Text> table;
    table.add({"operator", "group", "phase", "calls", "message bytes", "", "share"});
    auto const slices = totals_by(traffic, call_key::op | call_key::group | call_key::phase);
    for (auto const& slice : slices.slices()) {
      auto const [exact, readable] = size_cells<Text>(slice.totals().message_bytes);
      table.add({op_cell<Text>(slice.like()), group_cell<Text>(slice.like()), phase_cell<Text>(slice.like()),
                 group_digits(slice.totals().calls), exact, readable, share_of<Text>(slice.totals().message_bytes, all.message_bytes)});
    }
    auto const [exact, readable] = size_cells<Text>(all.message_bytes);
    table.add({"total", "", "", group_digits(all.calls), exact, readable, share_of<Text>(all.message_bytes, all.message_bytes)});
    return table.aligned("lllrrrr");
  }

  template <class Record, class Text = std::string>
  [[nodiscard]] Text operator()(basic_call_log<Record> const& log) const {
    text_table<Text> table;
    std::vector<Text> head{"call", "operator", "group", "phase", "dtype", "message bytes", ""};
    bool const paths = shows_paths(log);
    if (paths) head.emplace_back("path");
    table.add(std::move(head));
    for (auto const& entry : log.calls()) {
      auto const& call = call_of(entry);
      auto const [exact, readable] = size_cells<Text>(totals_of_call(call).message_bytes);
      std::vector<Text> line{std::to_string(table.size() - 1),
                             op_cell<Text>(call),
                             group_cell<Text>(call),
                             phase_cell<Text>(call),
                             dtype_cell<Text>(call),
                             exact,
                             readable};
      if (paths) line.push_back(path_cell<Text>(entry));
      table.add(std::move(line));
    }
    return table.aligned(paths ? "rllllrrl" : "rllllrr");
  }

 private:
  template <class Text>
  static cells_of_size<Text> size_cells(std::size_t bytes) {
    Text const text = format_bytes(bytes);
    std::size_t const end = text.find(" (");
    return {text.substr(0, end), end == Text::npos ? "" : text.substr(end + 1)};
  }
};

}  // namespace detail

/// text_report(ledger): a table with one line for each operator, group and phase, in the order of their first call, and a total. Columns:
/// operator, group and its size, phase, calls, message bytes of one rank (exact and in binary units), share of all message bytes.
/// text_report(log): a line for every call, in order; of a `path_log` with the path of its tensor.
inline constexpr detail::text_report_fn text_report{};

}  // namespace commfold
