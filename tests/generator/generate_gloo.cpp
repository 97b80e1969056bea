// SPDX-License-Identifier: BSL-1.0
/// @file  tests/generator/generate_gloo.cpp
/// Turns measured rows of gloo into static_asserts: of each file 200 rows, or all where there are fewer, spread over the file.
///
///   generate_gloo <directory of the rows> <directory to write to>
///
/// The rows of the directory that COMMFOLD_ORACLE_DIR names are taken instead, where it has them. A source is written only where it
/// changes.

#include "call.hpp"
#include "signature.hpp"
#include "spelling.hpp"

#include <tests/support/fresh_strides.hpp>
#include <tests/support/gloo_rows.hpp>
#include <tests/support/rows_directory.hpp>
#include <tests/support/tsv_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace generator;
using gloo_rows::measured;
using gloo_rows::operation;
namespace fs = std::filesystem;

constexpr std::size_t most_rows = 200;

std::string contents(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// At most `most_rows` of the rows, at even distances.
std::vector<json> spread(std::vector<json> const& rows) {
  if (rows.size() <= most_rows) return rows;
  std::vector<json> some;
  for (std::size_t i = 0; i != most_rows; ++i) some.push_back(rows[i * rows.size() / most_rows]);
  return some;
}

std::string braced(std::vector<std::size_t> const& list) {
  return "{" + joined(list, [](std::size_t n) { return std::to_string(n) + "u"; }) + "}";
}

/// The schedules that gloo runs for a row, with their sizes; `lists` gets the arrays that they refer to.
std::string schedules(measured const& m, std::string& lists) {
  auto const made = [](std::string const& name, auto const&... sizes) {
    std::string text;
    ((text += (text.empty() ? "" : ", ") + std::to_string(sizes)), ...);
    return "gloo::" + name + "(" + text + ")";
  };
  auto const one_each = [&](gloo_rows::numbers const& elements, auto const& make) {
    return joined(elements, [&](std::size_t n) { return make(n * m.itemsize); });
  };
  auto const all_reduce = [&](std::size_t bytes) { return made("all_reduce", bytes, m.ranks, m.element()); };
  switch (m.what()) {
    case operation::all_reduce:
    case operation::all_reduce_coalesced:
    case operation::reduce_scatter:
      return all_reduce(m.in_bytes());
    case operation::reduce_scatter_list:
      return one_each(m.in_blocks(), all_reduce);
    case operation::reduce_scatter_coalesced:
      return one_each(m.in_tensors(), all_reduce);
    case operation::reduce:
      return made("reduce", m.in_bytes(), m.ranks, m.element(), m.root);
    case operation::all_gather:
    case operation::all_gather_list:
    case operation::all_gather_coalesced:
      return made("all_gather", m.in_bytes(), m.ranks);
    case operation::broadcast:
      return one_each(m.in_tensors(), [&](std::size_t bytes) { return made("broadcast", bytes, m.ranks, m.root); });
    case operation::gather:
      return made("gather", m.in_bytes(), m.ranks, m.root);
    case operation::scatter:
      return made("scatter", m.out_bytes(), m.ranks, m.root);
    case operation::all_to_all:
    case operation::all_to_all_list:
      if (m.in_split.empty()) return made("all_to_all", m.in_bytes() / m.ranks, m.ranks);
      [[fallthrough]];
    case operation::all_to_all_v: {
      std::string const n = std::to_string(m.ranks);
      lists = "constexpr std::size_t handed_out[] = " + braced(gloo_rows::times(m.in_blocks(), m.itemsize)) +
              ";\nconstexpr std::size_t handed_in[] = " + braced(gloo_rows::times(m.out_blocks(), m.itemsize)) + ";\n";
      return "gloo::all_to_all_of_rank(wire::blocks::of({handed_out, " + n + "}), wire::blocks::of({handed_in, " + n + "}), " +
             std::to_string(m.rank) + ")";
    }
    case operation::barrier:
      return made("barrier", m.ranks);
    case operation::monitored_barrier:
      return made("monitored_barrier", m.ranks);
    case operation::one_way:
    case operation::both_ways:
      return joined(m.messages(), [&](measured::message const& one) {
        return "gloo::side_of_rank(" + made("point_to_point", one.elements * m.itemsize, m.ranks, one.from, one.to) + ", " +
               std::to_string(m.rank) + ")";
      });
    case operation::pickles:
      break;
  }
  throw std::runtime_error("pickles have no form");
}

std::string numbers(std::string const& bytes, std::string const& payload, std::string const& sent, std::string const& received) {
  return "numbers{" + bytes + "u, " + payload + "u, " + sent + "u, " + received + "u}";
}
/// The numbers of the i-th rank of a row that has them for several.
std::string numbers_of(json const& row, std::size_t i) {
  auto const text = [&](char const* column) { return row.at(column).at(i).dump(); };
  return numbers(text("bytes"), text("payload"), text("data_msgs"), text("recv_msgs"));
}

class source {
 public:
  /// A namespace with what a row asserts.
  void add(std::string const& comment, std::string const& asserts) {
    text_ += "\n// " + comment + "\nnamespace row_" + std::to_string(++rows_) + " {\n" + asserts + "}\n";
  }
  void write(fs::path const& to, std::string const& file) const {
    std::string const whole =
        "// Written by tests/generator/generate_gloo.cpp.\n#include \"gloo_checks.hpp\"\n\nnamespace generated {\nnamespace {\n" + text_ +
        "\n}  // namespace\n}  // namespace generated\n";
    fs::path const path = to / (file + ".cpp");
    std::cout << file << ": " << rows_ << " rows in asserts\n";
    if (fs::exists(path) && contents(path) == whole) return;
    std::ofstream out(path, std::ios::binary);
    out << whole;
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
  }

 private:
  std::string text_;
  std::size_t rows_ = 0;
};

source collectives(fs::path const& path) {
  std::vector<json> formed;
  for (json const& row : oracle::rows_in_table(path.string()))
    if (measured(row).what() != operation::pickles) formed.push_back(row);
  source out;
  for (json const& row : spread(formed)) {
    measured const m(row);
    auto const text = [&](char const* column) { return row.at(column).get<std::string>(); };
    std::string lists;
    std::string const made = schedules(m, lists);
    std::string const rank = std::to_string(m.rank) + (made.empty() ? "" : ", ");
    out.add(text("op") + ", rank " + text("rank") + " of " + text("gsize"),
            lists + "static_assert(of(" + rank + made +
                ") == " + numbers(text("bytes"), text("payload"), text("data_msgs"), text("recv_msgs")) +
                ");\nstatic_assert(payload_to_each<" + text("gsize") + ">(" + rank + made + ") == std::array<std::size_t, " +
                text("gsize") + ">" + braced(oracle::numbers_in(row, "peer_payload")) + ");\n");
  }
  return out;
}

/// of_call(rank, operator, arguments...).
std::string call_of(json const& row, signatures const& ops, std::size_t rank, std::size_t ranks) {
  call c(row, ops.at(row.at("op")), {});
  c.ranks = group{"g", static_cast<std::int64_t>(ranks)};
  return "of_call(" + std::to_string(rank) + ", " + operator_named(c.name()) + ", " + arguments_of<typed>(c) + ")";
}

source steps(fs::path const& path, signatures const& ops) {
  std::map<std::string, json> summaries;
  std::vector<json> calls;
  for (json const& row : oracle::rows_in(path.string()))
    if (row.contains("summary"))
      summaries.emplace(row.at("config").get<std::string>(), row);
    else if (row.contains("args") && !row.at("args").is_null() && row.contains("bytes"))
      calls.push_back(row);
  source out;
  for (json const& row : spread(calls)) {
    json const& groups = summaries.at(row.at("config").get<std::string>()).at("groups").at(row.at("mesh_dim").get<std::string>());
    std::string asserts;
    for (std::size_t const i : {std::size_t{0}, row.at("ranks").size() - 1}) {
      std::size_t const caller = row.at("ranks").at(i).get<std::size_t>();
      auto const members = groups.at(caller).get<std::vector<std::size_t>>();
      auto const own = static_cast<std::size_t>(std::find(members.begin(), members.end(), caller) - members.begin());
      asserts += "static_assert(" + call_of(row, ops, own, members.size()) + " == " + numbers_of(row, i) + ");\n";
      if (row.at("ranks").size() == 1) break;
    }
    out.add(row.at("config").get<std::string>() + ", " + row.at("phase").get<std::string>(), asserts);
  }
  return out;
}

/// A contiguous tensor as rows write them. The bytes of its storage are not in the row, and no size over gloo depends on them.
json tensor_of(std::string const& dtype, json const& sizes) {
  static std::map<std::string, std::size_t> const bytes = {{"uint8", 1},   {"int8", 1},  {"bool", 1},    {"int32", 4},
                                                           {"float32", 4}, {"int64", 8}, {"float64", 8}, {"complex64", 8}};
  std::size_t numel = 1;
  for (json const& size : sizes) numel *= size.get<std::size_t>();
  return {{"dtype", dtype}, {"sizes", sizes}, {"strides", fresh_strides::contiguous(sizes)},
          {"offset", 0},    {"storage", 0},   {"nbytes", numel * bytes.at(dtype)}};
}

source redistributions(fs::path const& path, signatures const& ops) {
  std::vector<json> that_call;
  for (json const& row : oracle::rows_in(path.string()))
    if (!row.at("calls").empty()) that_call.push_back(row);
  source out;
  for (json const& row : spread(that_call)) {
    auto const mesh = row.at("mesh").get<std::vector<std::size_t>>();
    std::string asserts;
    for (std::size_t const rank : {std::size_t{0}, row.at("bytes").size() - 1}) {
      std::string calls;
      for (json const& made : row.at("calls")) {
        auto const dimension = static_cast<std::size_t>(made.at("mesh_dim").get<std::string>().at(0) - 'a');
        std::size_t stride = 1;
        for (std::size_t d = dimension + 1; d < mesh.size(); ++d) stride *= mesh[d];
        json call = {{"op", made.at("op")}, {"mode", "gloo"}, {"world", row.at("bytes").size()}};
        json& args = call["args"] = json::array();
        for (parameter const& p : ops.at(made.at("op")).parameters)
          if (p.type == kind::tensor)
            args.push_back(tensor_of(row.at("dtype"), made.at("in_sizes").at(rank).at(0)));
          else if (p.type == kind::reduce_op)
            args.push_back("sum");
          else if (p.type == kind::group)
            args.push_back("mesh");
          else
            args.push_back(mesh.at(dimension));
        calls += (calls.empty() ? "" : " + ") + call_of(call, ops, rank / stride % mesh.at(dimension), mesh.at(dimension));
      }
      asserts += "static_assert(" + calls + " == " + numbers_of(row, rank) + ");\n";
    }
    out.add(row.at("src").dump() + " to " + row.at("dst").dump() + " over " + row.at("mesh").dump(), asserts);
  }
  return out;
}

void generate(fs::path const& by_default, fs::path const& to) {
  signatures const ops = signatures_of(json::parse(contents(oracle::path_of(by_default, "torch_table.json"))));
  fs::create_directories(to);
  collectives(oracle::path_of(by_default, "gloo_collectives.tsv")).write(to, "gloo_collectives");
  steps(oracle::path_of(by_default, "gloo_steps.jsonl"), ops).write(to, "gloo_steps");
  redistributions(oracle::path_of(by_default, "gloo_dtensor.jsonl"), ops).write(to, "gloo_dtensor");
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: generate_gloo <directory of the rows> <directory to write to>");
  generate(argv[1], argv[2]);
  return EXIT_SUCCESS;
} catch (std::exception const& e) {
  std::cerr << "error: " << e.what() << '\n';
  return EXIT_FAILURE;
}
