// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/write_where_changed.hpp
/// A generated source is written only where it changes, so that a build compiles no row again.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace generator {

inline std::string contents(std::filesystem::path const& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void write_where_changed(std::filesystem::path const& path, std::string const& text) {
  if (std::filesystem::exists(path) && contents(path) == text) return;
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace generator
