// SPDX-License-Identifier: BSL-1.0
// The suite's program: compiles the cases, keeps the figures, counts for the gate, and writes the page. scripts/bench.sh builds and calls
// it, from the folder of the project.
#include "suite/cases.hpp"
#include "suite/gate.hpp"
#include "suite/gate_cases.hpp"
#include "suite/instructions.hpp"
#include "suite/measure.hpp"
#include "suite/page.hpp"
#include "suite/program.hpp"
#include "suite/results.hpp"
#include "suite/run_time.hpp"
#include "suite/standard_headers.hpp"
#include "suite/targets.hpp"
#include "suite/toolchain.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path const compile_results = "benchmarks/results/compile.json";
fs::path const unfinished_results = "build/compile-unfinished.json";
fs::path const run_results = "benchmarks/results/run.json";
fs::path const baseline_file = "benchmarks/compile_time/baseline.json";
fs::path const page_template = "benchmarks/cost.md.in";
fs::path const page_file = "docs/cost.md";
fs::path const plots_folder = "docs/cost";

/// Exit codes besides 0: something failed; the gate cannot judge, since its baseline is of another toolchain.
constexpr int failed = 1, not_comparable = 2;

/// Where Boost is, if it was fetched: the compilers find the machine's own by themselves.
std::vector<std::string> boost_folders() {
  std::vector<std::string> folders;
  std::string const all = COMMFOLD_BOOST_FOLDERS;
  for (std::size_t at = 0; at < all.size();) {
    std::size_t const end = std::min(all.find(';', at), all.size());
    std::string const one = all.substr(at, end - at);
    if (!one.empty() && one != "/usr/include") folders.push_back(one);
    at = end + 1;
  }
  return folders;
}

struct compile_options {
  std::vector<std::string> compilers{"g++", "clang++-19"};
  std::vector<std::string> cases;
  std::vector<int> sizes;
  bench::plan plan;
  fs::path into;
};

int compile(compile_options const& o) {
  std::set<std::string> known{bench::include_case};
  for (bench::bench_case const& c : bench::all_cases()) known.insert(c.name);
  for (std::string const& name : o.cases)
    if (!known.contains(name)) throw std::runtime_error("there is no case '" + name + "'");
  auto const chosen = [&](std::string const& name) {
    return o.cases.empty() || std::find(o.cases.begin(), o.cases.end(), name) != o.cases.end();
  };

  // Results of a part of the suite are not kept for the page.
  bool const all = o.cases.empty() && o.sizes.empty();
  fs::path const into = !o.into.empty() ? o.into : all ? compile_results : fs::path("build/compile.json");

  // Before anything is measured, since measuring takes long.
  if (std::any_of(bench::counted_rows().begin(), bench::counted_rows().end(), [&](auto const& row) { return chosen(row.name); }) &&
      !bench::can_count_instructions())
    throw std::runtime_error("there is no valgrind, which counts the instructions of some cases");

  bench::scratch_folder const scratch;
  bench::results r;
  std::string command = "scripts/bench.sh compile";
  if (o.plan.repetitions != bench::plan{}.repetitions) command += " --repetitions " + std::to_string(o.plan.repetitions);
  if (o.plan.most.seconds != bench::plan{}.most.seconds) command += " --seconds " + std::to_string(o.plan.most.seconds);
  r.about = {{"machine", bench::machine()},
             {"date", bench::today()},
             {"command", command},
             {"adapters", bench::adapters_in("commfold/commfold.hpp")},
             {"limits", {{"seconds", o.plan.most.seconds}, {"gigabytes", o.plan.most.gigabytes}, {"repetitions", o.plan.repetitions}}},
             {"compilers", nlohmann::ordered_json::object()}};
  for (std::string const& name : o.compilers) {
    bench::compiler const cxx{name, boost_folders()};
    bench::toolchain const made_with = bench::toolchain_of(cxx, scratch.path());
    r.about["compilers"][name] = made_with;
    std::fprintf(stderr, "%s: %s\n", name.c_str(), bench::spelled(made_with).c_str());
    // After each case, so that its figures are not lost when the next one fails. The file of results changes when all is measured.
    auto const keep = [&](std::vector<bench::measurement> more) {
      for (bench::measurement& m : more) r.measurements.push_back(std::move(m));
      bench::write(unfinished_results, bench::written(r));
    };
    for (bench::bench_case const& c : bench::all_cases()) {
      if (!chosen(c.name)) continue;
      std::vector<int> sizes;
      for (int const size : c.sizes)
        if (o.sizes.empty() || std::find(o.sizes.begin(), o.sizes.end(), size) != o.sizes.end()) sizes.push_back(size);
      keep(bench::measure_case(c, sizes, cxx, o.plan, scratch.path()));
    }
    if (chosen(bench::include_case)) keep(bench::measure_includes(bench::public_headers("include"), cxx, o.plan, scratch.path()));
  }
  bench::write(into, bench::written(r));
  fs::remove(unfinished_results);
  std::printf("\n%s\n\nwritten to %s\n", bench::detail::targets_table(r).c_str(), into.c_str());
  return 0;
}

int gate(std::string const& compiler, bool accept) {
  bench::scratch_folder const scratch;
  bench::compiler const clang{compiler, boost_folders()};
  bench::toolchain const here = bench::toolchain_of(clang, scratch.path());
  if (!here.contains("clang")) throw std::runtime_error(compiler + " is no clang, which alone tells what it instantiates");
  if (accept) {
    bench::write(baseline_file, bench::written(bench::accepted(bench::count_all(clang, scratch.path()), here)));
    std::printf("written to %s\n", baseline_file.c_str());
    return 0;
  }
  bench::baseline const before = bench::baseline_in(nlohmann::json::parse(bench::contents(baseline_file)));
  if (before.made_with != here) {
    std::fprintf(stderr, "gate: not judged: the baseline was made with %s, here is %s\n", bench::spelled(before.made_with).c_str(),
                 bench::spelled(here).c_str());
    return not_comparable;
  }
  bench::verdict const v = bench::compare(before, bench::count_all(clang, scratch.path()));
  for (std::string const& line : v.lines) std::printf("%s\n", line.c_str());
  if (!v.passed) {
    std::printf("gate: closed. If this is meant, scripts/bench.sh accept writes %s anew, to be committed with the change.\n",
                baseline_file.c_str());
    return failed;
  }
  std::printf("gate: open%s\n",
              v.cheaper ? "; scripts/bench.sh accept keeps what was gained" : ": no case instantiates over 3 % more than before");
  return 0;
}

int page(bool check) {
  bench::results const r = bench::results_in(nlohmann::ordered_json::parse(bench::contents(compile_results)));
  bench::run_results const run = bench::run_results_in(nlohmann::ordered_json::parse(bench::contents(run_results)));
  bench::page const made = bench::page_of(bench::contents(page_template), r, run);
  std::set<fs::path> expected;
  bool same = true;
  auto const put = [&](fs::path const& file, std::string const& text) {
    expected.insert(file);
    if (!check) return bench::write(file, text);
    if (fs::exists(file) && bench::contents(file) == text) return;
    std::fprintf(stderr, "%s is not what the results say\n", file.c_str());
    same = false;
  };
  put(page_file, made.text);
  for (auto const& [name, svg] : made.plots) put(plots_folder / name, svg);
  // Plots that the page no longer shows.
  if (fs::exists(plots_folder))
    for (auto const& entry : fs::directory_iterator(plots_folder)) {
      if (expected.contains(entry.path())) continue;
      if (check)
        std::fprintf(stderr, "%s is not on the page\n", entry.path().c_str()), same = false;
      else
        fs::remove(entry.path());
    }
  for (std::string const& key : made.unexplained)
    std::fprintf(stderr, "%s does not say why '%s' is missed: {{missed:%s}} ...\n", page_template.c_str(), key.c_str(), key.c_str());
  if (check && !same) std::fprintf(stderr, "mend it: scripts/bench.sh page\n");
  return check && !same ? failed : 0;
}

/// Keeps the files that Google Benchmark wrote, one for each compiler: `g++=file.json`.
int keep(std::vector<std::string> const& files, std::string const& command, fs::path const& into) {
  bench::scratch_folder const scratch;
  bench::run_results r;
  r.about = {
      {"machine", bench::machine()}, {"date", bench::today()}, {"command", command}, {"compilers", nlohmann::ordered_json::object()}};
  for (std::string const& file : files) {
    std::size_t const at = file.find('=');
    if (at == std::string::npos) throw std::runtime_error(file + " has not the form compiler=file");
    std::string const compiler = file.substr(0, at);
    r.about["compilers"][compiler] = bench::toolchain_of({compiler, boost_folders()}, scratch.path());
    nlohmann::json const written = nlohmann::json::parse(bench::contents(file.substr(at + 1)));
    for (bench::run_figure& f : bench::figures_of_google_benchmark(written, compiler)) r.figures.push_back(std::move(f));
  }
  bench::write(into, bench::written(r));
  std::printf("%s\n\nwritten to %s\n", bench::run_table(r).c_str(), into.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"What the library costs: see scripts/bench.sh"};
  app.require_subcommand(1);

  compile_options o;
  CLI::App* const compiling = app.add_subcommand("compile", "Measures what compiling the cases takes");
  compiling->add_option("--compilers", o.compilers, "Of which g++ and clang++ tell seconds and memory, clang++ instantiations, too")
      ->capture_default_str();
  compiling->add_option("--case", o.cases, "Only these cases; `include` is one");
  compiling->add_option("--sizes", o.sizes, "Only these sizes");
  compiling->add_option("--repetitions", o.plan.repetitions, "The least of so many runs is kept")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  compiling->add_option("--seconds", o.plan.most.seconds, "What one compilation may take")->capture_default_str();
  compiling->add_option("--gigabytes", o.plan.most.gigabytes, "What one compilation may hold")->capture_default_str();
  compiling->add_option("--into", o.into,
                        "The file of results; by itself " + compile_results.string() + ", or build/compile.json for a part of the suite");

  std::string clang = "clang++-19";
  CLI::App* const gating = app.add_subcommand("gate", "Fails where a case instantiates over 3 % more than the baseline");
  CLI::App* const accepting = app.add_subcommand("accept", "Writes the baseline anew");
  for (CLI::App* const command : {gating, accepting}) command->add_option("--compiler", clang, "A clang++")->capture_default_str();

  bool check = false;
  CLI::App* const paging = app.add_subcommand("page", "Writes docs/cost.md and its plots from the results");
  paging->add_flag("--check", check, "Writes nothing, and fails where they are not what the results say");

  std::vector<std::string> files;
  std::string command;
  CLI::App* const keeping = app.add_subcommand("keep", "Keeps the figures that Google Benchmark wrote");
  keeping->add_option("files", files, "compiler=file")->required();
  fs::path kept = run_results;
  keeping->add_option("--into", kept, "The file of results")->capture_default_str();
  keeping->add_option("--command", command, "What made them");

  CLI11_PARSE(app, argc, argv);
  if (*compiling) return compile(o);
  if (*gating) return gate(clang, false);
  if (*accepting) return gate(clang, true);
  if (*paging) return page(check);
  return keep(files, command, kept);
} catch (std::exception const& e) {
  std::fprintf(stderr, "bench: %s\n", e.what());
  return failed;
}
