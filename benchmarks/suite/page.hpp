// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/page.hpp
/// docs/cost.md and its plots: the prose of benchmarks/cost.md.in, with every number put in from the results.
///
///   {{machine}} {{date}} {{command}} {{versions}}     what was measured on, when and how
///   {{run_machine}} {{run_date}}                      the same of the run-time suite
///   {{targets}}                                       the targets, each with its figures
///   {{table:<case>}}                                  seconds above naming, a row a peer, a table a compiler
///   {{counts:<case>}} {{memory:<case>}}               clang's instantiations above naming; the peak, and that of naming
///   {{plot:<case>}}                                   the plot, and the file docs/cost/<case>.svg
///   {{instructions}}                                  the rows whose instructions are counted, in millions
///   {{includes}}                                      every public header beside its standard headers
///   {{figure:<case>/<peer>/<size>/<compiler>/<what>}} one number: named_s asked_s above_s above_ms each_us each_ms instantiations
///                                                     instantiations_each megabytes
///   {{figure:run/<benchmark>/<compiler>}}             nanoseconds for an item; run_rate: millions of items a second, run_pytorch:
///                                                     nanoseconds of PyTorch
///   {{run_times}}                                     the run-time cases beside the loops by hand
///   {{missed:<key>}} text                             a line that stands only where that target is missed

#include "cases.hpp"
#include "instructions.hpp"
#include "plot.hpp"
#include "results.hpp"
#include "run_time.hpp"
#include "targets.hpp"
#include "toolchain.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bench {
/// The page, and the plots that it shows by their names.
struct page {
  std::string text;
  std::map<std::string, std::string> plots;
  std::vector<std::string> unexplained;  ///< targets that are missed, and of which the template does not say why
};

/// `%g` with so many digits that matter, and no exponent.
inline std::string digits(double value, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

namespace detail {

inline bench_case const& case_named(std::string const& name) {
  for (bench_case const& c : all_cases())
    if (c.name == name) return c;
  throw std::runtime_error("there is no case '" + name + "'");
}

inline std::string version_of(results const& r, std::string const& compiler) {
  nlohmann::ordered_json const& all = r.about.at("compilers");
  if (!all.contains(compiler)) return compiler;
  nlohmann::ordered_json const& t = all.at(compiler);
  return t.contains("clang") ? "clang " + t.at("clang").get<std::string>() : "g++ " + t.at("gcc").get<std::string>();
}

inline std::string code(std::string const& text) { return "`" + text + "`"; }

/// A table a compiler: a row a peer, a column a size, and below it why cells are empty.
inline std::string table(results const& r, std::string const& name, bool clang_only,
                         std::function<std::optional<std::string>(measurement const&)> const& cell) {
  bench_case const& c = case_named(name);
  std::string text;
  for (std::string const& compiler : r.compilers()) {
    std::string const version = version_of(r, compiler);
    if (clang_only && !version.starts_with("clang")) continue;
    std::vector<int> sizes;
    for (int const size : c.sizes)
      for (peer const& p : c.peers)
        if (r.find(name, p.name, size, compiler) != nullptr && (sizes.empty() || sizes.back() != size)) sizes.push_back(size);
    if (sizes.empty()) continue;
    text += "| " + version + ", " + c.unit + " |";
    for (int const size : sizes) text += " " + std::to_string(size) + " |";
    text += "\n|---|";
    for (std::size_t i = 0; i < sizes.size(); ++i) text += "---:|";
    text += "\n";
    std::vector<std::string> notes;
    for (peer const& p : c.peers) {
      text += p.ours ? "| **" + p.title + "** |" : "| " + p.title + " |";
      bool explained = false;
      for (int const size : sizes) {
        measurement const* const m = r.find(name, p.name, size, compiler);
        std::optional<std::string> const inside = m != nullptr && m->measured() ? cell(*m) : std::nullopt;
        text += " " + inside.value_or("–") + " |";
        if (m != nullptr && !m->measured() && !explained) {
          notes.push_back(p.title + ", " + std::to_string(size) + ": " + m->not_run);
          explained = true;
        }
      }
      text += "\n";
    }
    text += "\n";
    for (std::string const& note : notes) text += (&note == &notes.front() ? "" : "; ") + note;
    if (!notes.empty()) text += ".\n\n";
  }
  while (text.ends_with("\n\n")) text.pop_back();
  if (text.ends_with("\n")) text.pop_back();
  return text;
}

inline std::string plot_of(results const& r, std::string const& name) {
  bench_case const& c = case_named(name);
  std::vector<panel> panels;
  for (std::string const& compiler : r.compilers()) {
    panel p{version_of(r, compiler), {}};
    for (peer const& one : c.peers) {
      line l{one.title, {}, one.ours};
      for (int const size : c.sizes)
        if (measurement const* const m = r.find(name, one.name, size, compiler); m != nullptr && m->measured())
          l.points.emplace_back(size, m->seconds_above());
      p.lines.push_back(std::move(l));
    }
    panels.push_back(std::move(p));
  }
  return plot(c.title, c.unit, "CPU time of the front end above naming the same types", panels);
}

inline std::string amount(target const& t, double figure) {
  // Two digits that matter, where there are any.
  std::string const text = t.unit.empty() ? digits(figure, 0) : digits(figure, figure < 0.1 ? 3 : 2);
  return text + (t.unit.empty() ? "" : " " + (t.unit == "x" ? "×" : t.unit));
}

inline std::string targets_table(results const& r) {
  std::vector<std::string> const compilers = r.compilers();
  std::string text = "| target | at most |";
  for (std::string const& compiler : compilers) text += " " + version_of(r, compiler) + " |";
  text += "\n|---|---:|";
  for (std::size_t i = 0; i < compilers.size(); ++i) text += "---|";
  for (target const& t : all_targets()) {
    text += "\n| " + t.what + " | " + amount(t, t.limit) + " |";
    for (std::string const& compiler : compilers) {
      std::optional<reading> const figure = t.figure(r, compiler);
      switch (state_of(t, figure)) {
        case state::held:
          text += std::string(figure->at_most ? " under " : " ") + amount(t, figure->value) + ", held |";
          break;
        case state::missed:
          text += (figure->failed.empty() ? " " + amount(t, figure->value) : " no figure (" + figure->failed + ")") + ", **missed** |";
          break;
        case state::not_measured:
          text += " not measured |";
          break;
      }
    }
  }
  return text;
}

inline bool missed(results const& r, target const& t) {
  for (std::string const& compiler : r.compilers())
    if (state_of(t, t.figure(r, compiler)) == state::missed) return true;
  return false;
}

inline std::string includes_table(results const& r) {
  std::vector<std::string> const compilers = r.compilers();
  std::string text = "| header |", rule = "|---|";
  for (std::string const& compiler : compilers) {
    text += " " + version_of(r, compiler) + ", standard headers | with it | × |";
    rule += "---:|---:|---:|";
  }
  text += "\n" + rule;
  std::vector<std::string> headers;
  for (measurement const& m : r.measurements)
    if (m.name == include_case && m.compiler == compilers.front()) headers.push_back(m.peer);
  for (std::string const& header : headers) {
    text += "\n| " + code(header) + " |";
    for (std::string const& compiler : compilers) {
      measurement const* const m = r.find(include_case, header, 0, compiler);
      if (m == nullptr || !m->measured())
        text += " – | – | – |";
      else
        text += " " + digits(m->named->seconds, 2) + " | " + digits(m->asked->seconds, 2) + " | " +
                digits(m->asked->seconds / m->named->seconds, 2) + " |";
    }
  }
  return text;
}

/// The rows of instructions.hpp: naming, asking and the difference, in millions, for each compiler.
inline std::string instructions_table(results const& r) {
  std::vector<std::string> const compilers = r.compilers();
  std::string text = "| millions of instructions |", rule = "|---|";
  for (std::string const& compiler : compilers) {
    text += " " + version_of(r, compiler) + ", named | asked | above |";
    rule += "---:|---:|---:|";
  }
  text += "\n" + rule;
  for (counted_row const& row : counted_rows()) {
    std::string title = code("#include <" + row.peer + ">");
    if (row.name != include_case) {
      bench_case const& c = case_named(row.name);
      auto const p = std::find_if(c.peers.begin(), c.peers.end(), [&](peer const& one) { return one.name == row.peer; });
      title = c.title + ", " + p->title + ", " + std::to_string(row.size);
    }
    text += "\n| " + title + " |";
    for (std::string const& compiler : compilers) {
      measurement const* const m = r.find(row.name, row.peer, row.size, compiler);
      if (m == nullptr || !m->has_instructions()) {
        text += " – | – | – |";
        continue;
      }
      for (long const count : {*m->named->instructions, *m->asked->instructions, *m->instructions_above()})
        text += " " + digits(static_cast<double>(count) / 1e6, 1) + " |";
    }
  }
  return text;
}

inline std::vector<std::string> split(std::string const& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

inline std::string figure(results const& r, run_results const& run, std::string const& address) {
  bool const rate = address.starts_with("run_rate/"), pytorch = address.starts_with("run_pytorch/");
  if (rate || pytorch || address.starts_with("run/")) {
    std::size_t const first = address.find('/') + 1, last = address.rfind('/');
    run_figure const* const f = run.find(address.substr(first, last - first), address.substr(last + 1));
    if (f == nullptr) return "–";
    if (pytorch) return digits(f->pytorch_nanoseconds_an_item, 0);
    return rate ? digits(1e3 / f->nanoseconds_an_item, 1) : digits(f->nanoseconds_an_item, 2);
  }
  std::vector<std::string> parts = split(address, '/');
  // The peer of an include is a header, and has slashes in its name.
  while (parts.size() > 5) {
    parts[1] += "/" + parts[2];
    parts.erase(parts.begin() + 2);
  }
  if (parts.size() != 5) throw std::runtime_error("{{figure:" + address + "}} has not the form case/peer/size/compiler/what");
  measurement const* const m = r.find(parts[0], parts[1], std::stoi(parts[2]), parts[3]);
  if (m == nullptr) {
    if (parts[0] != include_case) case_named(parts[0]);
    return "–";
  }
  if (!m->measured()) return "–";
  std::string const& what = parts[4];
  double const above = m->seconds_above();
  if (what == "named_s") return digits(m->named->seconds, 2);
  if (what == "asked_s") return digits(m->asked->seconds, 2);
  if (what == "above_s") return digits(above, 2);
  if (what == "above_ms") return digits(above * 1e3, 0);
  if (what == "each_ms") return digits(above * 1e3 / m->size, 2);
  if (what == "each_us") return digits(above * 1e6 / m->size, 0);
  if (what == "megabytes") return digits(m->asked->megabytes, 0);
  if (what == "instantiations") return m->instantiations_above() ? std::to_string(*m->instantiations_above()) : "–";
  if (what == "instantiations_each")
    return m->instantiations_above() ? digits(static_cast<double>(*m->instantiations_above()) / m->size, 2) : "–";
  throw std::runtime_error("{{figure:…}} does not know '" + what + "'");
}

}  // namespace detail

/// Fills in the template.
inline page page_of(std::string const& prose, results const& r, run_results const& run) {
  page made;
  std::set<std::string> explained;
  auto const value_of = [&](std::string const& placeholder) -> std::string {
    std::size_t const colon = placeholder.find(':');
    std::string const word = placeholder.substr(0, colon);
    std::string const of = colon == std::string::npos ? "" : placeholder.substr(colon + 1);
    if (word == "machine" || word == "run_machine") {
      nlohmann::ordered_json const& m = (word == "machine" ? r.about : run.about).at("machine");
      return m.at("processor").get<std::string>() + ", " + std::to_string(m.at("cores").get<int>()) + " cores, " +
             std::to_string(m.at("memory_gib").get<long>()) + " GiB";
    }
    if (word == "date") return r.about.at("date").get<std::string>();
    if (word == "run_date") return run.about.at("date").get<std::string>();
    if (word == "command") return r.about.at("command").get<std::string>();
    if (word == "versions") {
      std::string text;
      for (std::string const& compiler : r.compilers())
        text += (text.empty() ? "" : "; ") + spelled(r.about.at("compilers").at(compiler).get<toolchain>());
      return text;
    }
    if (word == "targets") return detail::targets_table(r);
    if (word == "instructions") return detail::instructions_table(r);
    if (word == "includes") return detail::includes_table(r);
    if (word == "run_times") return run_table(run);
    if (word == "figure") return detail::figure(r, run, of);
    if (word == "table") return detail::table(r, of, false, [](measurement const& m) { return digits(m.seconds_above(), 3); });
    if (word == "counts")
      return detail::table(r, of, true, [](measurement const& m) -> std::optional<std::string> {
        if (!m.instantiations_above()) return std::nullopt;
        return std::to_string(*m.instantiations_above());
      });
    if (word == "memory")
      return detail::table(r, of, false,
                           [](measurement const& m) { return digits(m.asked->megabytes, 0) + " (" + digits(m.named->megabytes, 0) + ")"; });
    if (word == "plot") {
      made.plots[of + ".svg"] = detail::plot_of(r, of);
      return "![" + detail::case_named(of).title + "](cost/" + of + ".svg)";
    }
    throw std::runtime_error("the template has an unknown placeholder {{" + placeholder + "}}");
  };
  std::istringstream lines(prose);
  for (std::string text; std::getline(lines, text);) {
    constexpr std::string_view reason = "{{missed:";
    if (text.starts_with(reason)) {
      std::size_t const end = text.find("}}");
      std::string const key = text.substr(reason.size(), end - reason.size());
      auto const& targets = all_targets();
      auto const t = std::find_if(targets.begin(), targets.end(), [&](target const& one) { return one.key == key; });
      if (t == targets.end()) throw std::runtime_error("the template explains a target that there is not: " + key);
      explained.insert(key);
      if (!detail::missed(r, *t)) continue;
      text.erase(0, end + 2);
      text.erase(0, text.find_first_not_of(' '));
    }
    for (std::size_t at = 0; (at = text.find("{{", at)) != std::string::npos;) {
      std::size_t const end = text.find("}}", at);
      if (end == std::string::npos) throw std::runtime_error("a placeholder of the template does not end: " + text);
      std::string const value = value_of(text.substr(at + 2, end - at - 2));
      text.replace(at, end + 2 - at, value);
      at += value.size();
    }
    made.text += text + "\n";
  }
  for (target const& t : all_targets())
    if (detail::missed(r, t) && !explained.contains(t.key)) made.unexplained.push_back(t.key);
  return made;
}

}  // namespace bench
