// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/text_table.hpp
/// Lines of cells in aligned columns.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::detail {

/// Lines of cells, in columns as wide as their widest cell and two spaces apart.
template <class Text>
class text_table {
 public:
  void add(std::vector<Text> cells) { lines_.push_back(std::move(cells)); }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

  /// The lines as one text. `flush` has a letter for each column, 'l' for flush left and 'r' for flush right. No line ends in spaces.
  [[nodiscard]] Text aligned(std::string_view flush) const {
    std::vector<std::size_t> widths(flush.size());
    for (auto const& line : lines_)
      for (std::size_t c = 0; c < line.size(); ++c)
        if (widths[c] < line[c].size()) widths[c] = line[c].size();
    Text text;
    for (auto const& cells : lines_) {
      Text line;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        Text const gap(widths[c] - cells[c].size(), ' ');
        if (c != 0) line += "  ";
        line += flush[c] == 'l' ? cells[c] + gap : gap + cells[c];
      }
      text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
  }

 private:
  std::vector<std::vector<Text>> lines_;
};

}  // namespace commfold::detail
