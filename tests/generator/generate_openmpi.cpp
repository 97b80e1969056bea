// SPDX-License-Identifier: BSL-1.0
/// @file  tests/generator/generate_openmpi.cpp
/// Turns the rows of openmpi_sent_bytes.tsv into static_asserts, all of them.
///
///   generate_openmpi <directory of the rows> <directory to write to> <number of sources>
///
/// writes openmpi_1.cpp and so on there, each only where it changes. The rows of the directory that COMMFOLD_ORACLE_DIR names are taken
/// instead, where it has them.

#include "write_where_changed.hpp"

#include <commfold/wire/openmpi.hpp>

#include <tests/support/openmpi_calls.hpp>
#include <tests/support/tsv_rows.hpp>

#include <cstddef>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using oracle::json;
namespace fs = std::filesystem;
namespace openmpi = commfold::openmpi;

/// What is no number in a cell of numbers, and no name of Open MPI's in others, is an error, so that no text of a file becomes code.
std::string number(json const& cell) { return std::to_string(oracle::whole_number_of(cell)) + "U"; }

std::string assert_of(json const& row) {
  openmpi::collective const what = openmpi::collective_named(row.at("collective").get<std::string>());
  if (!oracle::means_what_we_take(what, row.at("bytes_means").get<std::string>())) throw std::runtime_error("bytes_means is unknown");
  unsigned const algorithm = openmpi::algorithm_named(what, row.at("algorithm_name").get<std::string>());
  if (algorithm != oracle::whole_number_of(row.at("algorithm"))) throw std::runtime_error("number and name are of two algorithms");
  std::string to_each;
  std::size_t peers = 0;
  std::istringstream cells(row.at("bytes_to_each_peer").get<std::string>());
  for (std::string cell; std::getline(cells, cell, ','); ++peers) to_each += (peers == 0 ? "" : ", ") + number(json(cell));
  if (peers != oracle::whole_number_of(row.at("p")) || peers == 0) throw std::runtime_error("not one number for each peer");
  return "sends<" + std::to_string(peers) + ">(collective::" + std::string(name_of(what)) + ", \"" + std::string(name_of(what, algorithm)) +
         "\", " + number(row.at("segmentsize")) + ", " + number(row.at("bytes")) + ", " + number(row.at("rank")) + ", " +
         number(row.at("bytes_sent")) + ", " + number(row.at("msgs_sent")) + ", {" + to_each + "})";
}

int generate(fs::path const& from, fs::path const& to, std::size_t count) {
  fs::create_directories(to);
  std::vector<json> const rows = oracle::rows_in_table(oracle::path_of(from, "openmpi_sent_bytes.tsv").string(),
                                                       {"collective", "algorithm", "algorithm_name", "segmentsize", "p", "bytes",
                                                        "bytes_means", "rank", "bytes_sent", "msgs_sent", "bytes_to_each_peer"});
  std::vector<std::string> sources(count,
                                   "// Written by tests/generator/generate_openmpi.cpp.\n#include \"openmpi_checks.hpp\"\n\n"
                                   "namespace generated {\nnamespace {\n\n");
  std::size_t asserted = 0;
  for (json const& row : rows) {
    try {
      sources[asserted * count / rows.size()] += "static_assert(" + assert_of(row) + ");\n";
      ++asserted;
    } catch (std::exception const& e) {
      // A bad row hides no other.
      std::cerr << "error: " << e.what() << ", in " << row.dump() << '\n';
    }
  }
  for (std::size_t i = 0; i != count; ++i)
    generator::write_where_changed((to / ("openmpi_" + std::to_string(i + 1) + ".cpp")).string(),
                                   sources[i] + "\n}  // namespace\n}  // namespace generated\n");
  std::cout << "openmpi_sent_bytes.tsv: " << asserted << " static_asserts of " << rows.size() << " rows\n";
  return asserted == rows.size() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::runtime_error("usage: generate_openmpi <directory of the rows> <directory to write to> <number of sources>");
  return generate(argv[1], argv[2], std::stoul(argv[3]));
} catch (std::exception const& e) {
  std::cerr << "error: " << e.what() << '\n';
  return EXIT_FAILURE;
}
