// SPDX-License-Identifier: BSL-1.0
/// @file  tests/generator/generate.cpp
/// Turns the measured rows of torch_ops.jsonl into static_asserts over typed tensors.
///
///   generate <directory of the rows> <directory to write to> <number of sources>
///
/// The rows of the directory that COMMFOLD_ORACLE_DIR names are taken instead, where it has them. A source is written only where it
/// changes.

#include "call.hpp"
#include "rules.hpp"
#include "signature.hpp"
#include "spelling.hpp"
#include "write_where_changed.hpp"

#include <tests/support/rows_directory.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace generator;
using torch_errors::question;
namespace fs = std::filesystem;

/// What was asserted and what was left out, for the summary.
struct tally {
  std::map<std::string, std::size_t> asserted;
  std::map<std::string, std::size_t> departed;
  std::map<std::string, std::size_t> not_compared;
  std::map<std::string, std::size_t> left_out;
  std::set<std::string> twinned;  ///< operators with a call that is answered, in the form in which other calls of theirs are refused
};

class writer {
 public:
  writer(call const& of, signatures const& all, tally& counts) : c(of), ops(all), done(counts) {}

  /// The asserts of a row; empty where there is nothing to assert.
  std::string text() {
    refused = refusals::of(c);
    if (c.row.contains("exec")) {
      if (!raises()) return {};
    } else {
      comm();
      pg();
      work();
      result();
    }
    std::ostringstream out;
    out << "\n// " << c.name() << ", " << c.row.at("mode").get<std::string>() << ", world " << c.row.at("world") << ", "
        << c.row.value("note", c.row.at("var").get<std::string>()) << "\nnamespace row_" << c.row.at("id") << " {\n"
        << "constexpr auto op = " << operator_named(c.name()) << ";\n";
    if (asserts.str().find("args") != std::string::npos)
      out << "constexpr auto args = std::make_tuple(" << arguments_of<typed>(c) << ");\n";
    if (c.row.contains("res")) out << "constexpr auto returned = " << typed::result(expected()) << ";\n";
    out << asserts.str() << "}\n";
    return out.str();
  }

 private:
  call const& c;
  signatures const& ops;
  tally& done;
  std::string refused;
  std::ostringstream asserts;
  std::string size;  ///< the bytes that the call counts; empty where the question is refused

  void assert_that(std::string const& what, std::string const& condition) {
    ++done.asserted[what];
    asserts << "static_assert(" << condition << ");\n";
  }

  /// Asserts a call that PyTorch refuses; false where there is nothing to assert.
  bool raises() {
    if (!c.ranks && c.op.count(kind::group) == 1) {
      ++done.left_out["PyTorch refused a group that does not exist, and has no typed form"];
      return false;
    }
    std::string const rule = refused.empty() ? only_pytorch_refuses(c, question::call, c.row.at("exec")) : "";
    if (rule.empty()) {
      refuses();
    } else {
      ++done.departed["answered: " + rule];
      answers();
    }
    return true;
  }

  void comm() {
    json const& answer = c.row.at("comm");
    if (raised(answer) && c.op.sync) {
      assert_that("size refused", "!has_size(op, returned, args)");
      return;
    }
    size = number(answer);
    if (raised(answer)) {
      auto const of_sibling = size_of_sibling(c, ops);
      if (!of_sibling)
        throw std::runtime_error("PyTorch does not size this call, and no rule tells what it should answer: " + c.row.dump());
      excused(question::size, answer);
      size = std::to_string(*of_sibling);
    }
    assert_that("size", "std::same_as<decltype(size_of(op, returned, args)), size_constant<" + size + ">>");
  }

  /// Counts an answer where PyTorch raises. Only the listed operators and messages are excused.
  void excused(question asked, json const& error) {
    std::string const why = only_pytorch_refuses(c, asked, error);
    if (why.empty()) throw std::runtime_error("nothing excuses that PyTorch raises: " + c.row.dump());
    ++done.departed["answered: " + why];
  }

  void pg() {
    if (c.op.count(kind::group) == 0) {
      assert_that("group refused", "!has_group(op, args)");
    } else if (!c.ranks) {
      ++done.not_compared["group: a name that PyTorch does not find has no typed form"];
    } else {
      json const& answer = c.row.at("pg");
      if (!raised(answer) && (answer.at("pg") != c.ranks->name || answer.at("size") != c.ranks->size))
        throw std::runtime_error("the group of the arguments is not the one that PyTorch answers: " + c.row.dump());
      if (raised(answer)) excused(question::group, answer);
      assert_that("group", "std::same_as<decltype(group_of(op, args)), " + typed_group(*c.ranks) + ">");
    }
  }

  void work() {
    if (raised(c.row.at("work")))
      assert_that("work refused", "!has_work(op, returned)");
    else
      assert_that("work", "any_work<decltype(work_of(op, returned))>");
  }

  void result() {
    if (!refused.empty()) {
      ++done.departed["refused: " + refused];
      refuses();
      return;
    }
    if (done.twinned.insert(c.name()).second) answers();
    if (of_the_cpu()) {
      ++done.not_compared["result: real tensors, which PyTorch's meta kernels did not make"];
      return;
    }
    if (c.op.returned == "()") {
      assert_that("result", "std::is_void_v<decltype(run(op, args))> && (run(op, args), true)");
      return;
    }
    asserts << "constexpr auto got = run(op, args);\n";
    if (json const& res = c.row.at("res"); res.is_array() && std::count(res.begin(), res.end(), nullptr) != 0)
      ++done.departed["no list of None for a batch of no operations"];
    if (expected() != c.row.at("res")) ++done.departed["a fresh tensor is contiguous"];
    assert_that("result", "same(got, returned)");
    if (!has_runtime_lists()) assert_that("static", "is_static<decltype(got)>");
    if (!size.empty()) assert_that("size of what came back", "size_of(op, got, args) == " + size);
    if (!raised(c.row.at("work"))) assert_that("work of what came back", "any_work<decltype(work_of(op, got))>");
  }

  [[nodiscard]] std::set<json> given_storages() const {
    std::set<json> given;
    for (json const* const t : c.tensors()) given.insert(t->at("storage"));
    return given;
  }

  /// What came back of PyTorch, as it must come back of ours. A fresh tensor of PyTorch's may keep the order of another one's strides; ours
  /// is contiguous.
  [[nodiscard]] json expected() const {
    json res = c.row.at("res");
    std::set<json> const given = given_storages();
    auto const adapt = [&](auto const& self, json& held) -> void {
      if (held.is_object() && held.contains("dtype")) {
        if (given.count(held.at("storage")) == 0 && fresh_strides::are_of_another(held, c.tensors()))
          held["strides"] = fresh_strides::contiguous(held.at("sizes"));
      } else if (held.is_structured()) {
        for (json& child : held) self(self, child);
      }
    };
    adapt(adapt, res);
    return res;
  }

  [[nodiscard]] bool of_the_cpu() const {
    std::set<json> const given = given_storages();
    bool handed_in = false;
    for (json const* const t : tensors_in(c.row.at("res"))) handed_in = handed_in || given.count(t->at("storage")) != 0;
    return torch_errors::is_of_the_cpu(c.name().substr(0, c.name().rfind(".default")), c.row.at("mode"), handed_in);
  }

  /// Whether the shape of the result follows from numbers in a list, which are not in its type.
  bool has_runtime_lists() const { return c.functional() && c.op.count(kind::integers) != 0; }

  void refuses() {
    if (refusals::unknown_reduce_op(c)) {
      assert_that("call refused by a constraint", "!runs(op, args)");
      return;
    }
    asserts << dynamic_call();
    assert_that("call refused", "!ends<call>");
  }

  void answers() {
    asserts << dynamic_call();
    assert_that("call answered", "ends<call>");
  }

  std::string dynamic_call() const { return "constexpr auto call = [] { static_cast<void>(op(" + arguments_of<dynamic>(c) + ")); };\n"; }
};

void print(std::string const& title, std::map<std::string, std::size_t> const& counts) {
  std::size_t all = 0;
  for (auto const& [what, n] : counts) all += n;
  std::cout << title << ": " << all << '\n';
  for (auto const& [what, n] : counts) std::cout << "  " << n << "  " << what << '\n';
}

int generate(fs::path const& by_default, fs::path const& to, std::size_t sources) {
  fs::path const from = oracle::path_of(by_default, "torch_ops.jsonl");
  signatures const ops = signatures_of(json::parse(contents(oracle::path_of(by_default, "torch_table.json"))));

  std::vector<json> const rows = oracle::rows_in(from.string());

  known_groups groups;
  for (json const& row : rows) groups.learn(row);

  tally done;
  std::set<std::string> met;
  // The rows of an operator go into one source: they share what it instantiates.
  std::map<std::string, std::vector<std::string>> used;
  bool enough = true;
  auto const use = [&](json const& row) {
    std::string const op = row.at("op");
    met.insert(op);
    if (row.contains("pre_dispatch_exec")) {
      ++done.left_out["PyTorch refused before it dispatched, and told no arguments"];
      return;
    }
    call const c(row, ops.at(op), groups);
    std::string text = writer(c, ops, done).text();
    if (!text.empty()) used[op].push_back(std::move(text));
  };
  for (json const& row : rows) {
    try {
      use(row);
    } catch (std::exception const& e) {
      // A bad row hides no other.
      enough = (std::cerr << "error: " << e.what() << ", in " << row.dump().substr(0, 400) << '\n', false);
    }
  }

  std::vector<std::string> blocks;
  for (auto& [op, texts] : used) std::move(texts.begin(), texts.end(), std::back_inserter(blocks));

  fs::create_directories(to);
  for (std::size_t n = 0; n != sources; ++n) {
    std::string text = "// Written by tests/generator/generate.cpp.\n#include \"checks.hpp\"\n\nnamespace generated {\nnamespace {\n";
    for (std::size_t i = n * blocks.size() / sources; i != (n + 1) * blocks.size() / sources; ++i) text += blocks[i];
    write_where_changed(to / ("rows_" + std::to_string(n + 1) + ".cpp"), text + "\n}  // namespace\n}  // namespace generated\n");
  }

  std::cout << from.string() << ": " << rows.size() << " rows of " << met.size() << " operators, " << blocks.size() << " in asserts\n";
  print("static_asserts", done.asserted);
  print("departures, asserted", done.departed);
  print("answers not compared", done.not_compared);
  print("rows left out", done.left_out);

  for (std::string const& op : met)
    if (used.count(op) == 0) enough = (std::cerr << "error: no row of " << op << " could be used\n", false);
  if (fs::equivalent(from, by_default / "torch_ops.jsonl")) {
    for (auto const& [op, told] : ops)
      if (met.count(op) == 0) enough = (std::cerr << "error: there is no row of " << op << '\n', false);
    if (blocks.size() < 300) enough = (std::cerr << "error: fewer than 300 rows could be used\n", false);
  }
  return enough ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::runtime_error("usage: generate <directory of the rows> <directory to write to> <number of sources>");
  return generate(argv[1], argv[2], std::stoul(argv[3]));
} catch (std::exception const& e) {
  std::cerr << "error: " << e.what() << '\n';
  return EXIT_FAILURE;
}
