// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/markdown_report.hpp
/// A ledger as Markdown, for a comment on a pull request.

#include <commfold/report/share.hpp>
#include <commfold/size/format.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/trace/totals_by.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace commfold {

namespace detail {

// All of this is templates, so that the containers are instantiated for those who print and not for all who include it.

/// A name that no character of which is markup: a code span, fenced by more backticks than stand together in it. Even there a table takes
/// "|" for its own, and a line cannot be broken.
template <class Text, class View>
Text code_span(View name) {
  if (name.empty()) return "-";
  std::size_t longest = 0, here = 0;
  Text inside;
  for (char const c : name) {
    here = c == '`' ? here + 1 : 0;
    longest = std::max(longest, here);
    if (c == '|') inside += '\\';
    inside += c == '\n' || c == '\r' ? ' ' : c;
  }
  Text const fence(longest + 1, '`');
  // A space at either end is taken away where there is one at both, so that a backtick can stand there.
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
                          return code_span<Text>(call.op()) + " | " + group_cell<Text>(call) + " | " + code_span<Text>(call.phase());
                        });
    text += "| **total** |  |  | **" + group_digits(all.calls) + "** | **" + format_bytes(all.message_bytes) + "** | **" +
            share_of<Text>(all.message_bytes, all.message_bytes) + "** |\n";

    auto const groups = totals_by(traffic, call_key::group);
    if (groups.slices().size() > 1)
      text += "\n" + table<Text>("group", groups, all, [](auto const& call) { return group_cell<Text>(call); });
    auto const phases = totals_by(traffic, call_key::phase);
    if (phases.slices().size() > 1)
      text += "\n" + table<Text>("phase", phases, all, [](auto const& call) { return code_span<Text>(call.phase()); });
    return text;
  }

 private:
  template <class Text, class Record>
  static Text group_cell(Record const& call) {
    return code_span<Text>(call.group()) + " (" + std::to_string(call.group_size()) + ")";
  }

  /// Largest first. `names` are the columns that `cells` writes of a slice.
  template <class Text, class Slices, class Totals, class Cells>
  static Text table(std::string_view names, Slices const& by, Totals const& all, Cells const& cells) {
    // By address where they are equal: that is the order of the first call. (clang warns of std::stable_sort in libstdc++ 12.)
    std::vector<decltype(by.slices().data())> slices;
    for (auto const& slice : by.slices()) slices.push_back(&slice);
    std::sort(slices.begin(), slices.end(), [](auto const* a, auto const* b) {
      return a->totals().message_bytes != b->totals().message_bytes ? a->totals().message_bytes > b->totals().message_bytes : a < b;
    });
    Text text = "| " + Text(names) + " | calls | message bytes | share |\n|";
    for (auto columns = std::count(names.begin(), names.end(), '|') + 1; columns != 0; --columns) text += " :-- |";
    text += " --: | --: | --: |\n";
    for (auto const* slice : slices)
      text += "| " + cells(slice->like()) + " | " + group_digits(slice->totals().calls) + " | " +
              format_bytes(slice->totals().message_bytes) + " | " + share_of<Text>(slice->totals().message_bytes, all.message_bytes) +
              " |\n";
    return text;
  }
};

}  // namespace detail

/// markdown_report(ledger), markdown_report(ledger, "FSDP2 of the 8B"): a table with one line for each operator, group and phase, the one
/// with the most message bytes first (first called first where they are equal), and a total; then one by group and one by phase, where
/// there are several. Per rank. Names are code spans, so that nothing in them is markup; the title is a line of Markdown, and becomes a
/// heading.
inline constexpr detail::markdown_report_fn markdown_report{};

}  // namespace commfold
