// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/standard_headers.hpp
/// The standard headers that a header of the library includes, itself or through other headers of the library. Its cost is compared with
/// theirs.

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// The names of headers as they stand between the brackets.
struct included {
  std::set<std::string> ours;      ///< the header itself is among them
  std::set<std::string> standard;  ///< without a folder and an ending: `tuple`, not `boost/mp11/list.hpp`
};

/// The name between the brackets of an #include, or nothing.
inline std::string_view included_by(std::string_view line) {
  std::size_t at = line.find_first_not_of(" \t");
  if (at == std::string_view::npos || line[at] != '#') return {};
  at = line.find_first_not_of(" \t", at + 1);
  constexpr std::string_view word = "include";
  if (at == std::string_view::npos || !line.substr(at).starts_with(word)) return {};
  at = line.find_first_not_of(" \t", at + word.size());
  if (at == std::string_view::npos || line[at] != '<') return {};
  std::size_t const end = line.find('>', at);
  if (end == std::string_view::npos) return {};
  return line.substr(at + 1, end - at - 1);
}

/// Follows the #includes of `header` from the folder `include`. One behind an #if counts, whatever its condition says.
inline included includes_of(std::filesystem::path const& include, std::string const& header) {
  included all;
  std::vector<std::string> open{header};
  while (!open.empty()) {
    std::string const name = open.back();
    open.pop_back();
    if (!all.ours.insert(name).second) continue;
    std::ifstream source(include / name);
    if (!source) throw std::runtime_error((include / name).string() + " cannot be opened");
    for (std::string line; std::getline(source, line);) {
      std::string_view const found = included_by(line);
      if (found.empty()) continue;
      if (found.starts_with("commfold/"))
        open.emplace_back(found);
      else if (found.find_first_of("/.") == std::string_view::npos)
        all.standard.emplace(found);
    }
  }
  return all;
}

/// The public headers in the folder `include`, by name, sorted.
inline std::vector<std::string> public_headers(std::filesystem::path const& include) {
  std::set<std::string> names;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(include / "commfold"))
    if (entry.path().extension() == ".hpp") {
      std::string const name = std::filesystem::relative(entry.path(), include).generic_string();
      if (name.find("/detail/") == std::string::npos) names.insert(name);
    }
  return {names.begin(), names.end()};
}

/// A source that includes these headers. One that this compiler does not have stands behind an #if in the library, too.
inline std::string source_including(std::set<std::string> const& standard, std::string const& header = {}) {
  std::string text;
  for (std::string const& name : standard) text += "#if __has_include(<" + name + ">)\n#include <" + name + ">\n#endif\n";
  if (!header.empty()) text += "#include <" + header + ">\n";
  return text;
}

}  // namespace bench
