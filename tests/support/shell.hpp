// SPDX-License-Identifier: BSL-1.0
#pragma once
// Runs the tool in a shell: what it prints where, and its exit status.
#include <catch2/catch_test_macros.hpp>

#include <sys/wait.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace shell {

/// A folder of this process, removed when it ends.
inline std::filesystem::path scratch() {
  static std::filesystem::path const folder = [] {
    auto made = std::filesystem::temp_directory_path() / ("commfold-tool-test-" + std::to_string(getpid()));
    std::filesystem::create_directories(made);
    std::atexit(
        [] { std::filesystem::remove_all(std::filesystem::temp_directory_path() / ("commfold-tool-test-" + std::to_string(getpid()))); });
    return made;
  }();
  return folder;
}

inline std::string contents(std::filesystem::path const& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct outcome {
  int status;
  std::string out, err;
};

/// Runs a line in the shell, in which the variable COMMFOLD is the tool.
inline outcome run_line(std::string const& line) {
  auto const out = scratch() / "out", err = scratch() / "err";
  std::string const command = "COMMFOLD='" COMMFOLD_TOOL "'; { " + line + "; } >'" + out.string() + "' 2>'" + err.string() + "'";
  int const status = std::system(command.c_str());
  REQUIRE(WIFEXITED(status));
  return {WEXITSTATUS(status), contents(out), contents(err)};
}

inline outcome run(std::string const& arguments) { return run_line("\"$COMMFOLD\" " + arguments); }

/// The name of a file that holds this text.
inline std::string saved(std::string const& name, std::string const& text) {
  auto const file = scratch() / name;
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

/// One line on stderr that says this, no report, and the status of bad input.
inline void refused(outcome const& o, std::string const& says) {
  INFO(o.err);
  CHECK(o.status == 2);
  CHECK(o.out.empty());
  CHECK(o.err.starts_with("commfold"));
  CHECK(o.err.find(says) != std::string::npos);
  CHECK(o.err.find('\n') == o.err.size() - 1);
}

/// One line on stderr, to the character, no report, and the status of bad input.
inline void refused_with(outcome const& o, std::string const& line) {
  CHECK(o.status == 2);
  CHECK(o.out.empty());
  CHECK(o.err == line + "\n");
}

}  // namespace shell
