// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/table.hpp
/// A table of the tool's reports, in text or in Markdown.

#include <src/markdown.hpp>

#include <commfold/report/text_table.hpp>
#include <commfold/text/printable.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::io {

/// Lines of cells, the head first. `flush` has `l` or `r` for each column.
class table {
 public:
  table(bool markdown, std::string_view flush, std::vector<std::string> head) : markdown_(markdown), flush_(flush) { add(std::move(head)); }

  void add(std::vector<std::string> cells) { lines_.push_back(std::move(cells)); }

  /// A name as a cell.
  [[nodiscard]] std::string name(std::string_view of) const {
    if (of.empty()) return "-";
    return markdown_ ? code_in_table(of) : commfold::detail::printable<std::string>(of);
  }

  [[nodiscard]] std::string drawn() const {
    if (!markdown_) {
      commfold::detail::text_table<std::string> aligned;
      for (auto const& line : lines_) aligned.add(line);
      return aligned.aligned(flush_);
    }
    std::string text;
    for (std::size_t i = 0; i != lines_.size(); ++i) {
      for (std::string const& cell : lines_[i]) text += "| " + cell + " ";
      text += "|\n";
      if (i != 0) continue;
      for (char const c : flush_) text += c == 'l' ? "|---" : "|---:";
      text += "|\n";
    }
    return text;
  }

 private:
  bool markdown_;
  std::string flush_;
  std::vector<std::vector<std::string>> lines_;
};

}  // namespace commfold::io
