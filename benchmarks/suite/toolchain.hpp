// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/toolchain.hpp
/// What a figure depends on besides the library: compilers, the standard library, Boost, the machine.

#include "process.hpp"
#include "program.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>

namespace bench {

/// Name and version: clang or gcc, libstdc++, Boost.
using toolchain = std::map<std::string, std::string>;

namespace detail {

/// The text between what opens and what closes it, in a line `key "value"` of preprocessed output.
inline std::string value_after(std::string const& text, std::string const& key) {
  std::size_t at = text.find(key + " ");
  if (at == std::string::npos) return "";
  at += key.size() + 1;
  std::string value = text.substr(at, text.find('\n', at) - at);
  std::erase(value, '"');
  std::erase(value, ' ');
  return value;
}

}  // namespace detail

/// The versions, from the compiler: only it knows which headers it finds.
inline toolchain toolchain_of(compiler const& cxx, std::filesystem::path const& scratch) {
  std::filesystem::path const source = scratch / "toolchain.cpp";
  std::ofstream(source) << "#include <version>\n#include <boost/version.hpp>\n"
                           "#ifdef __clang__\n@clang __clang_major__.__clang_minor__.__clang_patchlevel__\n"
                           "#else\n@gcc __GNUC__.__GNUC_MINOR__.__GNUC_PATCHLEVEL__\n#endif\n"
                           "@release _GLIBCXX_RELEASE\n@date __GLIBCXX__\n@boost BOOST_LIB_VERSION\n";
  std::vector<std::string> words{cxx.command, "-std=c++20", "-E", "-P", "-w"};
  for (std::string const& folder : cxx.includes) words.push_back("-isystem" + folder);
  words.push_back(source.string());
  process const p = run(words);
  if (!p.succeeded) throw std::runtime_error(cxx.command + " does not find the standard library and Boost:\n" + p.printed);
  toolchain t;
  for (char const* name : {"clang", "gcc"})
    if (std::string const version = detail::value_after(p.printed, std::string("@") + name); !version.empty()) t[name] = version;
  t["libstdc++"] = detail::value_after(p.printed, "@release") + " (" + detail::value_after(p.printed, "@date") + ")";
  t["Boost"] = detail::value_after(p.printed, "@boost");
  return t;
}

/// `clang 19.1.7, libstdc++ 12 (20220819), Boost 1_81`
inline std::string spelled(toolchain const& t) {
  std::string text;
  for (auto const& [name, version] : t) text += (text.empty() ? "" : ", ") + name + " " + version;
  return text;
}

/// The kind of machine; nothing that tells which one.
inline nlohmann::ordered_json machine() {
  std::string processor = "unknown";
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);)
    if (line.starts_with("model name")) {
      processor = line.substr(line.find(':') + 2);
      break;
    }
  std::ifstream memory("/proc/meminfo");
  std::string word;
  double kibibytes = 0;
  memory >> word >> kibibytes;
  return {
      {"processor", processor}, {"cores", std::thread::hardware_concurrency()}, {"memory_gib", std::lround(kibibytes / (1024.0 * 1024.0))}};
}

inline std::string today() {
  std::time_t const now = std::time(nullptr);
  std::tm day{};
  ::gmtime_r(&now, &day);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &day);
  return text;
}

/// A folder that is removed with its owner.
class scratch_folder {
 public:
  scratch_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "commfold-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + name);
    path_ = name;
  }
  scratch_folder(scratch_folder const&) = delete;
  scratch_folder& operator=(scratch_folder const&) = delete;
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace bench
