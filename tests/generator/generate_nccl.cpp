// SPDX-License-Identifier: BSL-1.0
/// @file  tests/generator/generate_nccl.cpp
/// Turns the rows of nccl_tuning.tsv and nccl_choice.tsv into static_asserts, all of them.
///
///   generate_nccl <directory of the rows> <directory to write to>
///
/// writes nccl_tuning.cpp and nccl_choice.cpp there, each only where it changes. The rows of the directory that COMMFOLD_ORACLE_DIR names
/// are taken instead, where it has them.

#include "write_where_changed.hpp"

#include <tests/support/nccl_rows.hpp>

#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using oracle::json;
namespace fs = std::filesystem;

/// A cell as a literal. What is no number in a cell of numbers, and no name of NCCL's in others, is an error, so that no text of a file
/// becomes code.
std::string whole(json const& cell) { return std::to_string(oracle::whole_number_of(cell)) + "U"; }
std::string real(json const& cell) {
  static_cast<void>(oracle::float_of(cell));
  std::string const text = cell.get<std::string>();
  return text + (text.find_first_of(".e") == std::string::npos ? ".F" : "F");
}
std::string text(json const& cell) {
  std::string const name = cell.get<std::string>();
  for (char const c : name)
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ') throw std::runtime_error("oracle: '" + name + "' is no name");
  return '"' + name + '"';
}
std::string kind(json const& cell) { return std::string(name(oracle::nccl_kind_of(cell))); }
std::string where(json const& row) {
  return "on(" + text(row.at("machine")) + ", " + whole(row.at("ranks")) + ", " + whole(row.at("nodes")) + "), " + kind(row.at("coll"));
}

std::string tuning_assert(json const& row) {
  return "is_tuned(" + where(row) + ", " + text(row.at("algo")) + ", " + text(row.at("proto")) + ", " + real(row.at("lat_us")) + ", " +
         real(row.at("bw_GBs")) + ")";
}
std::string choice_assert(json const& row) {
  return "is_chosen(" + where(row) + ", " + whole(row.at("bytes")) + ", " + text(row.at("algo")) + ", " + text(row.at("proto")) + ", " +
         real(row.at("time_us")) + ")";
}

/// Writes one source; whether every row could be used.
template <class Assert>
bool write(std::string const& file, std::vector<json> const& rows, Assert assert_of) {
  std::string source =
      "// Written by tests/generator/generate_nccl.cpp.\n#include \"nccl_checks.hpp\"\n\nnamespace generated {\nnamespace {\n\n";
  std::size_t asserted = 0;
  for (json const& row : rows) {
    try {
      source += "static_assert(" + assert_of(row) + ");\n";
      ++asserted;
    } catch (std::exception const& e) {
      // A bad row hides no other.
      std::cerr << "error: " << e.what() << ", in " << row.dump() << '\n';
    }
  }
  generator::write_where_changed(file, source + "\n}  // namespace\n}  // namespace generated\n");
  std::cout << file << ": " << asserted << " static_asserts of " << rows.size() << " rows\n";
  return asserted == rows.size();
}

int generate(fs::path const& from, fs::path const& to) {
  fs::create_directories(to);
  bool const tuned = write((to / "nccl_tuning.cpp").string(), oracle::nccl_tuning_rows(from.string()), tuning_assert);
  bool const chosen = write((to / "nccl_choice.cpp").string(), oracle::nccl_choice_rows(from.string()), choice_assert);
  return tuned && chosen ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: generate_nccl <directory of the rows> <directory to write to>");
  return generate(argv[1], argv[2]);
} catch (std::exception const& e) {
  std::cerr << "error: " << e.what() << '\n';
  return EXIT_FAILURE;
}
