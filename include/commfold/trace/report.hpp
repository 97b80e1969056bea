// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/report.hpp
/// A ledger, or a log, as an aligned text table.

#include <commfold/size/format.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/trace.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {

namespace detail {

/// The ledger's rows with one operator, group and phase, added up.
struct report_line {
  call_record const* like;
  traffic_totals totals;
};

template <std::size_t Rows>
std::vector<report_line> report_lines(ledger<Rows> const& traffic) {
  std::vector<report_line> lines;
  for (ledger_row const& row : traffic.rows()) {
    call_record const& call = row.call();
    auto const same = [&](call_record const& c) {
      return c.op() == call.op() && c.group() == call.group() && c.group_size() == call.group_size() && c.phase() == call.phase();
    };
    bool seen = false;
    for (report_line const& line : lines) seen = seen || same(*line.like);
    if (!seen) lines.push_back({&call, traffic.total(same)});
  }
  return lines;
}

/// "12.3 %", to the nearest tenth; "-" of nothing.
inline std::string share_of(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  // In thousandths through long double: sizes above 2^54 would overflow in integers, and a tenth of a percent needs ten bits.
  auto const tenths = static_cast<std::size_t>(static_cast<long double>(part) * 1000 / static_cast<long double>(whole) + 0.5L);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

/// Columns as wide as their widest cell, two spaces apart: 'l' flush left, 'r' flush right. No line ends in spaces.
inline std::string aligned(std::vector<std::vector<std::string>> const& rows, std::string_view flush) {
  std::vector<std::size_t> widths(flush.size());
  for (auto const& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c)
      if (widths[c] < row[c].size()) widths[c] = row[c].size();
  std::string text;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::string const gap(widths[c] - row[c].size(), ' ');
      if (c != 0) line += "  ";
      line += flush[c] == 'l' ? row[c] + gap : gap + row[c];
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

struct text_report_fn {
  template <std::size_t Rows>
  [[nodiscard]] std::string operator()(ledger<Rows> const& traffic) const {
    traffic_totals const all = traffic.total();
    std::vector<std::vector<std::string>> rows{{"operator", "group", "phase", "calls", "message bytes", "", "share"}};
    for (report_line const& line : report_lines(traffic)) {
      auto const [exact, readable] = size_cells(line.totals.message_bytes);
      rows.push_back({std::string(line.like->op()), group_cell(*line.like), phase_cell(*line.like), group_digits(line.totals.calls), exact,
                      readable, share_of(line.totals.message_bytes, all.message_bytes)});
    }
    auto const [exact, readable] = size_cells(all.message_bytes);
    rows.push_back({"total", "", "", group_digits(all.calls), exact, readable, share_of(all.message_bytes, all.message_bytes)});
    return aligned(rows, "lllrrrr");
  }

  [[nodiscard]] std::string operator()(call_log const& log) const {
    std::vector<std::vector<std::string>> rows{{"call", "operator", "group", "phase", "dtype", "message bytes", ""}};
    for (call_record const& call : log.calls()) {
      auto const [exact, readable] = size_cells(call.bytes().message);
      rows.push_back({std::to_string(rows.size() - 1), std::string(call.op()), group_cell(call), phase_cell(call),
                      call.dtype() ? std::string(name(*call.dtype())) : "-", exact, readable});
    }
    return aligned(rows, "rllllrr");
  }

 private:
  static std::string group_cell(call_record const& call) {
    return std::string(call.group()) + " (" + std::to_string(call.group_size()) + ")";
  }
  /// "65 537 024 B" and "(62.5 MiB)" apart, so that digits stand below digits.
  static std::pair<std::string, std::string> size_cells(std::size_t bytes) {
    std::string const text = format_bytes(bytes);
    std::size_t const end = text.find(" (");
    return {text.substr(0, end), end == std::string::npos ? "" : text.substr(end + 1)};
  }
  static std::string phase_cell(call_record const& call) { return call.phase().empty() ? "-" : std::string(call.phase()); }
};

}  // namespace detail

/// text_report(ledger): a table with one line for each operator, group and phase, in the order of their first call, and a total. Columns:
/// operator, group and its size, phase, calls, message bytes (exact and in binary units), share of all message bytes. Per rank.
/// text_report(log): a line for every call, in order.
inline constexpr detail::text_report_fn text_report{};

}  // namespace commfold
