// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/html_report.hpp
/// A ledger, and a log, as one page to look at: `html_report`.

#include <commfold/report/html/assets.hpp>
#include <commfold/report/json_report.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>

#include <cstddef>

namespace commfold {

namespace detail {

/// The page with a JSON report in it. Every "<" of the report is escaped, which JSON allows since it has "<" in strings only: a name that
/// holds "</script>" would end the element that holds the report, and "<!--" would hide its end.
template <class Text>
Text html_page_with(Text const& json) {
  Text page(html_before_report);
  page.reserve(page.size() + json.size() + html_after_report.size());
  for (char const c : json) {
    if (c == '<')
      page += "\\u003c";
    else
      page += c;
  }
  page += html_after_report;
  return page;
}

struct html_report_fn {
  template <std::size_t Rows>
  [[nodiscard]] auto operator()(ledger<Rows> const& traffic) const {
    return html_page_with(json_report(traffic));
  }
  template <std::size_t Rows, class Record>
  [[nodiscard]] auto operator()(ledger<Rows> const& traffic, basic_call_log<Record> const& log) const {
    return html_page_with(json_report(traffic, log));
  }
};

}  // namespace detail

/// html_report(ledger), html_report(ledger, log): one HTML page as a `std::string`. It loads nothing and sends nothing, which its
/// Content-Security-Policy makes the browser enforce. It shows the totals, bars by group and by operator, a tree map, and a table of the
/// rows; with a log also a timeline of its calls; with a `path_log` the tree map is of tensors, by their paths. The pictures are drawn from
/// the JSON report, which is in the page as the element `report`.
inline constexpr detail::html_report_fn html_report{};

}  // namespace commfold
