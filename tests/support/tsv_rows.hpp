// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/tsv_rows.hpp
/// Measured rows in tables: the first line has the names of the columns, a tab stands between two cells.

#include <tests/support/rows_directory.hpp>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oracle {

inline std::vector<std::string> split(std::string const& text, char separator) {
  std::vector<std::string> parts(1);
  for (char const c : text)
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

/// The rows of a table, each an object of strings by the names of the columns. A file that cannot be opened or has no row, other columns
/// than `columns` where these are given, and a row with more or fewer cells are errors that name them.
inline std::vector<json> rows_in_table(std::string const& path, std::initializer_list<std::string_view> columns = {}) {
  std::ifstream opened(path, std::ios::binary);
  if (!opened) throw std::runtime_error("oracle: cannot open " + path);
  std::string line;
  std::getline(opened, line);
  std::vector<std::string> const names = split(line, '\t');
  if (columns.size() != 0 && !std::equal(names.begin(), names.end(), columns.begin(), columns.end()))
    throw std::runtime_error("oracle: " + path + " has other columns: " + line);

  std::vector<json> rows;
  while (std::getline(opened, line)) {
    std::vector<std::string> const cells = split(line, '\t');
    if (cells.size() != names.size()) throw std::runtime_error("oracle: " + path + ":" + std::to_string(rows.size() + 2) + " is no row");
    json row = json::object();
    for (std::size_t i = 0; i != cells.size(); ++i) row[names[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw std::runtime_error("oracle: no row in " + path);
  return rows;
}

/// The number in a column; 0 for an empty one.
inline std::size_t number_in(json const& row, char const* column) {
  std::string const text = row.at(column).get<std::string>();
  return text.empty() ? 0 : std::stoull(text);
}
/// The numbers in a column, separated by commas; none for an empty one.
inline std::vector<std::size_t> numbers_in(json const& row, char const* column) {
  std::vector<std::size_t> all;
  std::string const text = row.at(column).get<std::string>();
  if (!text.empty())
    for (std::string const& one : split(text, ',')) all.push_back(std::stoull(one));
  return all;
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
