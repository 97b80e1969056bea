// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/tsv_rows.hpp
/// Measured rows in tables: the first line has the names of the columns, a tab stands between two cells.

#include <tests/support/rows_directory.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <initializer_list>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oracle {

/// The cells of a line.
inline std::vector<std::string> cells_of(std::string const& line) {
  std::vector<std::string> cells;
  std::istringstream text(line);
  for (std::string cell; std::getline(text, cell, '\t');) cells.push_back(cell);
  return cells;
}

/// The rows of a table, each an object of strings by the names of the columns. A file that cannot be opened or has no row, other columns
/// than `columns`, and a row with more or fewer cells are errors that name them.
inline std::vector<json> rows_in_table(std::string const& path, std::initializer_list<std::string_view> columns) {
  std::ifstream opened(path);
  if (!opened) throw std::runtime_error("oracle: cannot open " + path);
  std::string line;
  std::getline(opened, line);
  std::vector<std::string> const names = cells_of(line);
  if (!std::equal(names.begin(), names.end(), columns.begin(), columns.end()))
    throw std::runtime_error("oracle: " + path + " has other columns: " + line);

  std::vector<json> rows;
  while (std::getline(opened, line)) {
    std::vector<std::string> const cells = cells_of(line);
    if (cells.size() != names.size()) throw std::runtime_error("oracle: " + path + ":" + std::to_string(rows.size() + 2) + " is no row");
    json row = json::object();
    for (std::size_t i = 0; i != cells.size(); ++i) row[names[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw std::runtime_error("oracle: no row in " + path);
  return rows;
}

/// The whole number, or the `float`, of a cell. Text that is not all of one is an error that names it.
inline std::size_t whole_number_of(json const& cell) {
  std::string const text = cell.get<std::string>();
  std::size_t end = 0;
  unsigned long long const number = text.starts_with('-') ? 0 : std::stoull(text, &end);
  if (end != text.size()) throw std::runtime_error("oracle: '" + text + "' is no whole number");
  return static_cast<std::size_t>(number);
}
inline float float_of(json const& cell) {
  std::string const text = cell.get<std::string>();
  std::size_t end = 0;
  float const number = std::stof(text, &end);
  if (end != text.size()) throw std::runtime_error("oracle: '" + text + "' is no number");
  return number;
}

}  // namespace oracle
