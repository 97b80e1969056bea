// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/markdown_report.hpp
/// A ledger, or a log, as Markdown, for a comment on a pull request.

#include <commfold/report/cells.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/size/format.hpp>
#include <commfold/text/printable.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/totals_by.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commfold {

namespace detail {

/// A name as a code span, in which nothing is markup: the fence is one backtick longer than the longest run of backticks in the name.
/// Within the cell of a table "|" is escaped even there.
template <class Text, class View>
Text code_span(View given, bool in_a_table = true) {
  if (given.empty()) return "-";
  Text const name = printable<Text>(given);
  std::size_t longest = 0, here = 0;
  Text inside;
  for (char const c : name) {
    here = c == '`' ? here + 1 : 0;
    longest = std::max(longest, here);
    if (c == '|' && in_a_table) inside += '\\';
    inside += c;
  }
  Text const fence(longest + 1, '`');
  // A backtick at an end would join the fence. Markdown removes one space at each end, where both ends have one.
  bool const padded = name.front() == '`' || name.back() == '`' || (name.front() == ' ' && name.back() == ' ');
  Text const pad = padded ? " " : "";
  return fence + pad + inside + pad + fence;
}

struct markdown_report_fn {
  template <std::size_t Rows, class Text = std::string>
  [[nodiscard]] Text operator()(ledger<Rows> const& traffic, std::string_view title = {}) const {
    traffic_totals const all = traffic.total();
    Text text;
    if (!title.empty()) text = "### " + Text(title) + "\n\n";

    text += table<Text>("operator | group | phase", totals_by(traffic, call_key::op | call_key::group | call_key::phase), all,
                        [](auto const& call) {
                          return code_span<Text>(call.op()) + " | " + group_span<Text>(call) + " | " + code_span<Text>(call.phase());
                        });
    text += "| **total** |  |  | **" + group_digits(all.calls) + "** | **" + format_bytes(all.message_bytes) + "** | **" +
            share_of<Text>(all.message_bytes, all.message_bytes) + "** |\n";

    auto const groups = totals_by(traffic, call_key::group);
    if (groups.slices().size() > 1)
      text += "\n" + table<Text>("group", groups, all, [](auto const& call) { return group_span<Text>(call); });
    auto const phases = totals_by(traffic, call_key::phase);
    if (phases.slices().size() > 1)
      text += "\n" + table<Text>("phase", phases, all, [](auto const& call) { return code_span<Text>(call.phase()); });
    return text;
  }

  template <class Record, class Text = std::string>
  [[nodiscard]] Text operator()(basic_call_log<Record> const& log, std::string_view title = {}) const {
    bool const paths = shows_paths(log);
    Text text;
    if (!title.empty()) text = "### " + Text(title) + "\n\n";
    text += Text("| call | operator | group | phase | dtype | message bytes |") + (paths ? " path |\n" : "\n");
    text += Text("| --: | :-- | :-- | :-- | :-- | --: |") + (paths ? " :-- |\n" : "\n");
    std::size_t position = 0;
    for (auto const& entry : log.calls()) {
      auto const& call = call_of(entry);
      text += "| " + std::to_string(position++) + " | " + code_span<Text>(call.op()) + " | " + group_span<Text>(call) + " | " +
              code_span<Text>(call.phase()) + " | " + dtype_cell<Text>(call) + " | " + format_bytes(totals_of_call(call).message_bytes) +
              " |";
      if (paths) text += " " + code_span<Text>(path_of(entry)) + " |";
      text += "\n";
    }
    return text;
  }

 private:
  template <class Text, class Record>
  static Text group_span(Record const& call) {
    return code_span<Text>(call.group()) + " (" + std::to_string(call.group_size()) + ")";
  }

  /// The slices with the most message bytes first. `names` are the columns that `cells` writes of a slice.
  template <class Text, class Slices, class Totals, class Cells>
  static Text table(std::string_view names, Slices const& by, Totals const& all, Cells const& cells) {
    // Equal ones stand in the order of their first call, as the slices do. (clang warns of std::stable_sort in libstdc++ 12.)
    auto const slices = by.slices();
    auto const bytes_at = [&](std::size_t at) { return slices[at].totals().message_bytes; };
    std::vector<decltype(slices.size())> order(slices.size());
    for (std::size_t at = 0; at != order.size(); ++at) order[at] = at;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return bytes_at(a) != bytes_at(b) ? bytes_at(a) > bytes_at(b) : a < b; });
    Text text = "| " + Text(names) + " | calls | message bytes | share |\n|";
    for (auto columns = std::count(names.begin(), names.end(), '|') + 1; columns != 0; --columns) text += " :-- |";
    text += " --: | --: | --: |\n";
    for (std::size_t const at : order) {
      auto const totals = slices[at].totals();
      text += "| " + cells(slices[at].like()) + " | " + group_digits(totals.calls) + " | " + format_bytes(totals.message_bytes) + " | " +
              share_of<Text>(totals.message_bytes, all.message_bytes) + " |\n";
    }
    return text;
  }
};

}  // namespace detail

/// markdown_report(ledger), markdown_report(ledger, "FSDP2 of the 8B"): a table with one line for each operator, group and phase, and a
/// total; then a table by group and one by phase, where there are several. Lines with the most message bytes come first; of equal ones the
/// one that was called first. Bytes are those of one rank. Names are code spans, so that nothing in them is markup; the title is Markdown,
/// and becomes a heading. markdown_report(log): a line for every call, in order; of a `path_log` with the path of its tensor.
inline constexpr detail::markdown_report_fn markdown_report{};

}  // namespace commfold
