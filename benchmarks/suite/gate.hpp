// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/gate.hpp
/// Compares the instantiations that the library makes now with those in benchmarks/compile_time/baseline.json.

#include "instantiations.hpp"
#include "toolchain.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// The instantiations of each case, above what naming its types takes.
using counted_cases = std::map<std::string, instantiations>;

/// A case in the baseline: the total, and the templates that matter. What is in neither list is `others`.
struct baseline_case {
  long total = 0;
  instantiations templates;
};

struct baseline {
  toolchain made_with;
  std::map<std::string, baseline_case> cases;
};

/// The templates that are at least 1 % of a case by themselves.
inline instantiations large_ones(instantiations const& counts) {
  long const all = total(counts);
  instantiations large;
  for (auto const& [name, count] : counts)
    if (count > 0 && count * 100 >= all) large.emplace(name, count);
  return large;
}

inline baseline accepted(counted_cases const& cases, toolchain const& with) {
  baseline b{with, {}};
  for (auto const& [name, counts] : cases) b.cases[name] = {total(counts), large_ones(counts)};
  return b;
}

inline std::string written(baseline const& b) {
  nlohmann::ordered_json j{{"toolchain", b.made_with}, {"cases", nlohmann::ordered_json::object()}};
  for (auto const& [name, c] : b.cases) {
    nlohmann::ordered_json templates = nlohmann::ordered_json::object();
    for (auto const& [t, count] : c.templates) templates[t] = count;
    templates["others"] = c.total - total(c.templates);
    j["cases"][name] = {{"total", c.total}, {"templates", templates}};
  }
  return j.dump(2) + "\n";
}

inline baseline baseline_in(nlohmann::json const& j) {
  baseline b{j.at("toolchain").get<toolchain>(), {}};
  for (auto const& [name, c] : j.at("cases").items()) {
    baseline_case& made = b.cases[name];
    made.total = c.at("total").get<long>();
    for (auto const& [t, count] : c.at("templates").items())
      if (t != "others") made.templates[t] = count.get<long>();
  }
  return b;
}

/// What changed, in words, and whether the gate stays open.
struct verdict {
  bool passed = true;
  bool cheaper = false;
  std::vector<std::string> lines;
};

/// More than 3 % more is too much; exactly 3 % is not.
constexpr bool grew(long before, long now) { return now * 100 > before * 103; }
constexpr bool fell(long before, long now) { return now * 100 < before * 97; }

namespace detail {

/// The templates that grew most: `std::tuple: 12 -> 40`.
inline std::vector<std::string> growth(baseline_case const& before, instantiations const& now, std::size_t most = 12) {
  std::vector<std::pair<long, std::string>> grown;
  long others_before = before.total - total(before.templates), others = 0;
  for (auto const& [name, count] : now) {
    auto const old = before.templates.find(name);
    if (old != before.templates.end()) {
      if (count > old->second)
        grown.emplace_back(count - old->second, name + ": " + std::to_string(old->second) + " -> " + std::to_string(count));
    } else if (large_ones(now).contains(name)) {
      // It was among the others, with less than 1 %, or was not there.
      grown.emplace_back(count, name + ": under 1 % -> " + std::to_string(count));
    } else {
      others += count;
    }
  }
  if (others > others_before)
    grown.emplace_back(others - others_before, "what was not listed: " + std::to_string(others_before) + " -> " + std::to_string(others));
  std::sort(grown.begin(), grown.end(),
            [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  if (grown.size() > most) grown.resize(most);
  std::vector<std::string> lines;
  for (auto& [by, text] : grown) lines.push_back("    " + text);
  return lines;
}

inline std::string change(std::string const& name, long before, long now) {
  std::string text = name + ": " + std::to_string(before) + " -> " + std::to_string(now) + " instantiations";
  if (before != 0) {
    long const permille = (now - before) * 1000 / before;
    text += std::string(" (") + (permille < 0 ? "-" : "+") + std::to_string(std::abs(permille) / 10) + "." +
            std::to_string(std::abs(permille) % 10) + " %)";
  }
  return text;
}

}  // namespace detail

inline verdict compare(baseline const& before, counted_cases const& now) {
  verdict v;
  for (auto const& [name, counts] : now) {
    auto const old = before.cases.find(name);
    if (old == before.cases.end()) {
      v.passed = false;
      v.lines.push_back(name + ": not in the baseline");
      continue;
    }
    long const was = old->second.total, is = total(counts);
    if (grew(was, is)) {
      v.passed = false;
      v.lines.push_back(detail::change(name, was, is) + ", more than 3 % more; these templates grew:");
      for (std::string& line : detail::growth(old->second, counts)) v.lines.push_back(std::move(line));
    } else if (fell(was, is)) {
      v.cheaper = true;
      v.lines.push_back(detail::change(name, was, is) + ": cheaper");
    }
  }
  for (auto const& [name, c] : before.cases)
    if (!now.contains(name)) {
      v.passed = false;
      v.lines.push_back(name + ": in the baseline, and no case any more");
    }
  return v;
}

}  // namespace bench
