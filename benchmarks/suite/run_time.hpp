// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/run_time.hpp
/// The figures of the run-time suite, read from the file that Google Benchmark writes and kept in benchmarks/results/run.json, without the
/// name of the machine and the folder.

#include "results.hpp"
#include "statistics.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace bench {

struct run_figure {
  std::string name;  ///< `<case>/commfold/<size>`, `<case>/by_hand/<size>`
  std::string compiler;
  double nanoseconds_an_item = 0;          ///< the least of the repetitions
  double median = 0;                       ///< of the same
  double pytorch_nanoseconds_an_item = 0;  ///< 0 where nobody measured it
};

struct run_results {
  nlohmann::ordered_json about;
  std::vector<run_figure> figures;

  [[nodiscard]] run_figure const* find(std::string const& name, std::string const& compiler) const {
    auto const found =
        std::find_if(figures.begin(), figures.end(), [&](run_figure const& f) { return f.name == name && f.compiler == compiler; });
    return found == figures.end() ? nullptr : &*found;
  }
};

/// The figures in the file that Google Benchmark wrote for the program of one compiler. It lists each repetition.
inline std::vector<run_figure> figures_of_google_benchmark(nlohmann::json const& j, std::string const& compiler) {
  // In the order of their registration; they run in another one.
  std::set<std::tuple<long, long, std::string>> order;
  std::map<std::string, std::vector<double>> runs;
  std::map<std::string, double> pytorch;
  for (nlohmann::json const& b : j.at("benchmarks")) {
    if (b.value("run_type", "iteration") != "iteration") continue;
    std::string const name = b.value("run_name", b.at("name").get<std::string>());
    if (b.value("error_occurred", false)) throw std::runtime_error(name + ": " + b.value("error_message", "failed"));
    if (!b.contains("items_per_second")) throw std::runtime_error(name + " does not say how many items it processed");
    order.emplace(b.value("family_index", 0L), b.value("per_family_instance_index", 0L), name);
    runs[name].push_back(1e9 / b.at("items_per_second").get<double>());
    pytorch[name] = b.value("pytorch_ns_per_item", 0.0);
  }
  std::vector<run_figure> figures;
  for (auto const& [family, place, name] : order)
    figures.push_back({name, compiler, minimum(runs[name]), median(runs[name]), pytorch[name]});
  return figures;
}

inline std::string written(run_results const& r) {
  std::string text = r.about.dump(2);
  text.erase(text.rfind('\n'));
  text += ",\n  \"figures\": [";
  for (run_figure const& f : r.figures) {
    nlohmann::ordered_json j{{"benchmark", f.name},
                             {"compiler", f.compiler},
                             {"ns_an_item", detail::rounded(f.nanoseconds_an_item, 1e4)},
                             {"median", detail::rounded(f.median, 1e4)}};
    if (f.pytorch_nanoseconds_an_item != 0) j["pytorch_ns_an_item"] = f.pytorch_nanoseconds_an_item;
    text += std::string(&f == &r.figures.front() ? "" : ",") + "\n    " + j.dump();
  }
  return text + "\n  ]\n}\n";
}

inline run_results run_results_in(nlohmann::ordered_json j) {
  run_results r;
  for (nlohmann::ordered_json const& f : j.at("figures"))
    r.figures.push_back({f.at("benchmark").get<std::string>(), f.at("compiler").get<std::string>(), f.at("ns_an_item").get<double>(),
                         f.at("median").get<double>(), f.value("pytorch_ns_an_item", 0.0)});
  j.erase("figures");
  r.about = std::move(j);
  return r;
}

/// What the library may take of what the loop by hand takes.
inline constexpr double most_of_by_hand = 1.05;

/// A row a case and size: the library, the loop by hand, and the ratio, for each compiler, bold where it is too much; PyTorch where it was
/// measured.
inline std::string run_table(run_results const& r) {
  std::vector<std::string> compilers, rows;
  auto const add = [](std::vector<std::string>& to, std::string const& one) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  };
  constexpr std::string_view ours = "/commfold/";
  for (run_figure const& f : r.figures) {
    add(compilers, f.compiler);
    add(rows, f.name);
  }
  auto const in_3 = [](double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    return std::string(text);
  };
  std::string text = "| ns for an item |", rule = "|---|";
  for (std::string const& compiler : compilers) {
    text += " " + compiler + " | by hand | × |";
    rule += "---:|---:|---:|";
  }
  text += " PyTorch, × |\n" + rule + "---:|";
  for (std::string const& row : rows) {
    std::size_t const at = row.find(ours);
    // The loop by hand stands in the library's row.
    if (row.find("/by_hand") != std::string::npos) continue;
    std::string title = row, other;
    if (at != std::string::npos) {
      other = std::string(row).replace(at, ours.size(), "/by_hand/");
      title.replace(at, ours.size(), ", ");
    }
    text += "\n| " + title + " |";
    std::string pytorch = "";
    for (std::string const& compiler : compilers) {
      run_figure const* const a = r.find(row, compiler);
      run_figure const* const b = r.find(other, compiler);
      text += a == nullptr ? " – |" : " " + in_3(a->nanoseconds_an_item) + " |";
      text += b == nullptr ? " – |" : " " + in_3(b->nanoseconds_an_item) + " |";
      if (a == nullptr || b == nullptr) {
        text += " – |";
      } else {
        double const ratio = a->nanoseconds_an_item / b->nanoseconds_an_item;
        text += ratio > most_of_by_hand ? " **" + in_3(ratio) + "** |" : " " + in_3(ratio) + " |";
      }
      if (a != nullptr && a->pytorch_nanoseconds_an_item != 0 && pytorch.empty())
        pytorch = std::to_string(std::lround(a->pytorch_nanoseconds_an_item / a->nanoseconds_an_item));
    }
    text += " " + pytorch + " |";
  }
  return text;
}

}  // namespace bench
