// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/json_report.hpp
/// A ledger, and a log, as JSON, to be kept and read again.

#include <commfold/error.hpp>
#include <commfold/report/json_text.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>
#include <string>

namespace commfold {

namespace detail {

struct json_report_fn {
  template <std::size_t Rows, class Text = std::string>
  [[nodiscard]] Text operator()(ledger<Rows> const& traffic) const {
    return "{\n" + head<Text>(traffic) + "\n}\n";
  }

  template <std::size_t Rows, class Record, class Text = std::string>
  [[nodiscard]] Text operator()(ledger<Rows> const& traffic, basic_call_log<Record> const& log) const {
    traffic_totals logged;
    json_lines<Text> calls;
    for (auto const& entry : log.calls()) {
      traffic_totals const one = totals_of_call(call_of(entry));
      logged = logged + one;
      json_object<Text> line("json_report");
      line.names_of(call_of(entry));
      if (!path_of(entry).empty()) line.text("path", path_of(entry));
      calls.add(line.bytes_of(one).division_of(call_of(entry)).closed());
    }
    if (!(logged == traffic.total()))
      fail<invalid_argument>("commfold::json_report: the log has " + spelled<Text>(logged) + ", the ledger " +
                             spelled<Text>(traffic.total()) + "; give a ledger and a log of one step");
    return "{\n" + head<Text>(traffic) + ",\n  \"calls\": " + calls.closed() + "\n}\n";
  }

 private:
  template <class Text, std::size_t Rows>
  static Text head(ledger<Rows> const& traffic) {
    json_lines<Text> rows;
    for (auto const& row : traffic.rows()) {
      json_object<Text> line("json_report");
      line.names_of(row.call()).number("calls", row.calls()).bytes_of(totals_of_call(row.call()));
      rows.add(line.division_of(row.call()).closed());
    }
    traffic_totals const all = traffic.total();
    json_object<Text> totals("json_report");
    totals.number("calls", all.calls).bytes_of(all);
    return "  \"commfold_report\": 1,\n  \"totals\": " + totals.closed() + ",\n  \"rows\": " + rows.closed();
  }

  template <class Text, class Totals>
  static Text spelled(Totals const& totals) {
    return std::to_string(totals.calls) + " calls with " + std::to_string(totals.message_bytes) + " message bytes, " +
           std::to_string(totals.input_bytes) + " in and " + std::to_string(totals.output_bytes) + " out";
  }
};

}  // namespace detail

/// json_report(ledger): the totals, and the rows with a line for each; docs/reports.md describes the format. Equal ledgers give equal
/// texts. json_report(ledger, log): also every call in order, with its path where the log is a `path_log`. `invalid_argument` for a log of
/// another step than the ledger, and for a name that is not UTF-8; `overflow_error` where a total does not fit.
inline constexpr detail::json_report_fn json_report{};

}  // namespace commfold
