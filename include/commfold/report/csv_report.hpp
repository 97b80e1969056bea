// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/csv_report.hpp
/// A ledger, or a log, as comma-separated values.

#include <commfold/report/logged_call.hpp>
#include <commfold/report/reported_rows.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/text/printable.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace commfold {

namespace detail {

/// Fields and lines by RFC 4180, but a line ends in LF, not in CR LF, and no field holds a line break.
template <class Text>
class csv_lines {
 public:
  csv_lines& field(std::string_view given) {
    if (!begins_) text_ += ',';
    begins_ = false;
    Text const text = printable<Text>(given);
    if (text.find_first_of(",\"") == Text::npos) {
      text_ += text;
      return *this;
    }
    text_ += '"';
    for (char const c : text) text_ += c == '"' ? Text("\"\"") : Text(1, c);
    text_ += '"';
    return *this;
  }
  csv_lines& field(std::size_t number) { return field(std::to_string(number)); }
  template <class Record>
  csv_lines& names_of(Record const& call) {
    field(call.op()).field(call.group()).field(call.group_size()).field(call.phase());
    return field(call.dtype() ? std::string_view(name(*call.dtype())) : std::string_view());
  }
  template <class Totals>
  csv_lines& bytes_of(Totals const& totals) {
    return field(totals.input_bytes).field(totals.output_bytes).field(totals.message_bytes);
  }
  void end_line() {
    text_ += '\n';
    begins_ = true;
  }

  [[nodiscard]] Text const& text() const { return text_; }

 private:
  Text text_;
  bool begins_ = true;
};

struct csv_report_fn {
  template <std::size_t Rows, class Text = std::string>
  [[nodiscard]] Text operator()(ledger<Rows> const& traffic) const {
    Text const head =
        "operator,group,group_size,phase,dtype,calls,input_bytes,output_bytes,message_bytes,"
        "all_input_bytes,all_output_bytes,all_message_bytes\n";
    csv_lines<Text> lines;
    auto const reported = reported_rows(traffic);
    for (auto const& row : reported.rows()) {
      lines.names_of(row.call()).field(row.calls()).bytes_of(totals_of_call(row.call())).bytes_of(row.totals()).end_line();
    }
    return head + lines.text();
  }

  template <class Record, class Text = std::string>
  [[nodiscard]] Text operator()(basic_call_log<Record> const& log) const {
    Text const head = "call,operator,group,group_size,phase,dtype,input_bytes,output_bytes,message_bytes";
    csv_lines<Text> lines;
    std::size_t position = 0;
    for (auto const& entry : log.calls()) {
      lines.field(position++).names_of(call_of(entry)).bytes_of(totals_of_call(call_of(entry)));
      if constexpr (has_path<Record>) lines.field(path_of(entry));
      lines.end_line();
    }
    return head + (has_path<Record> ? ",path\n" : "\n") + lines.text();
  }
};

}  // namespace detail

/// csv_report(ledger): a line of column names, then a line for each row of the ledger. `input_bytes`, `output_bytes` and `message_bytes`
/// are of one call; with `all_` before them they are of all calls of the row. csv_report(log): a line for every call, numbered from 0, with
/// its path where the log is a `path_log`. Fields are quoted by RFC 4180; lines end in LF. Names are written as they are, but for control
/// characters, which are shown as escapes of C: some spreadsheets read a name that begins with `=`, `+`, `-` or `@` as a formula.
inline constexpr detail::csv_report_fn csv_report{};

}  // namespace commfold
