// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/program.hpp
/// What a compiler is given to compile, and the commands that make it do so.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// A source and the macros that choose the peer, the size and whether the question is asked or the types are only named.
struct program {
  std::filesystem::path source;
  std::vector<std::string> macros;

  friend auto operator<=>(program const&, program const&) = default;
};

struct compiler {
  std::string command;                ///< as it was named: `g++`
  std::vector<std::string> includes;  ///< where Boost is, if not where the compiler looks by itself
};

/// The command that runs the front end alone: nothing is optimised or written. The depth of templates is raised above the compilers'
/// defaults, 900 and 1024, since a std::tuple of so many elements is deeper.
inline std::vector<std::string> front_end(compiler const& cxx, program const& p) {
  std::vector<std::string> words{cxx.command, "-std=c++20", "-fsyntax-only", "-w", "-Iinclude", "-ftemplate-depth=20000"};
  for (std::string const& folder : cxx.includes) words.push_back("-isystem" + folder);
  for (std::string const& macro : p.macros) words.push_back("-D" + macro);
  words.push_back(p.source.string());
  return words;
}

/// The command that makes clang write every instantiation into a file, and print the number of its declarations by kind. By -Xclang, since
/// the driver ignores -ftime-trace where no object is written.
inline std::vector<std::string> told(compiler const& clang, program const& p, std::filesystem::path const& trace) {
  std::vector<std::string> words = front_end(clang, p);
  for (std::string const& word :
       {"-ftime-trace=" + trace.string(), std::string("-ftime-trace-granularity=0"), std::string("-print-stats")}) {
    words.push_back("-Xclang");
    words.push_back(word);
  }
  return words;
}

}  // namespace bench
