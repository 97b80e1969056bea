// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/rows_directory.hpp
/// The files of measured rows: those of the directory that COMMFOLD_ORACLE_DIR names, else those of tests/data.
/// tests/rows_directory.cmake asks the same of the directory when CMake configures.

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace oracle {

/// Keys in the order of the file, as they are in Python.
using json = nlohmann::ordered_json;

/// The directory that COMMFOLD_ORACLE_DIR names; none where the variable is not set. A value that names no directory with rows is a
/// `runtime_error`: whoever wrote it did not mean the rows of tests/data.
inline std::optional<std::filesystem::path> named_directory() {
  namespace fs = std::filesystem;
  char const* const named = std::getenv("COMMFOLD_ORACLE_DIR");
  if (named == nullptr) return std::nullopt;
  auto const refuse = [named](std::string_view why) {
    throw std::runtime_error("oracle: COMMFOLD_ORACLE_DIR is '" + std::string(named) + "', which " + std::string(why));
  };
  fs::path const directory(named);
  if (directory.empty()) refuse("is empty; unset it to read the rows of tests/data");
  // CMake, the generator and the tests run in directories of their own.
  if (!directory.is_absolute()) refuse("is no absolute path");
  if (!fs::is_directory(directory)) refuse("is no directory");
  for (fs::directory_entry const& entry : fs::directory_iterator(directory))
    for (std::string_view const measured : {"torch_", "openmpi_", "gloo_", "nccl_"})
      if (entry.is_regular_file() && entry.path().filename().string().starts_with(measured)) return directory;
  refuse("has no file of rows (torch_*, openmpi_*, gloo_*, nccl_*)");
  return std::nullopt;
}

/// Where a file of rows is. A directory that has other files of rows need not have this one: `by_default` has it.
inline std::filesystem::path path_of(std::filesystem::path const& by_default, std::string const& file) {
  std::optional<std::filesystem::path> const named = named_directory();
  return named && std::filesystem::exists(*named / file) ? *named / file : by_default / file;
}

/// The rows of a file, one a line. A file that cannot be opened or is empty, and a line that is no JSON object, are errors that name them.
inline std::vector<json> rows_in(std::string const& path) {
  std::ifstream opened(path);
  if (!opened) throw std::runtime_error("oracle: cannot open " + path);
  std::vector<json> found;
  for (std::string line; std::getline(opened, line);) {
    found.push_back(json::parse(line, nullptr, false));
    if (!found.back().is_object()) throw std::runtime_error("oracle: " + path + ":" + std::to_string(found.size()) + " is no row");
  }
  if (found.empty()) throw std::runtime_error("oracle: no row in " + path);
  return found;
}

}  // namespace oracle
