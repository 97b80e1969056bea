// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/measure.hpp
/// Compiles the programs of a case, several times each and in turns, so that whatever else the machine does meanwhile meets all of them.

#include "cases.hpp"
#include "instantiations.hpp"
#include "process.hpp"
#include "program.hpp"
#include "results.hpp"
#include "statistics.hpp"
#include "toolchain.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct plan {
  int repetitions = 3;
  limits most;
  double seconds_a_program = 2;  ///< a program that took as long is not compiled again
  double seconds_to_count = 8;   ///< of one that takes longer, nothing is counted: its trace would be larger than its use
};

/// What clang instantiates in a program. With a limit: nothing where it is exceeded.
inline instantiations count_instantiations(compiler const& clang, program const& p, std::filesystem::path const& scratch,
                                           limits const& most = {}) {
  std::filesystem::path const trace = scratch / "trace.json";
  process const done = run(told(clang, p, trace), most);
  if (!done.succeeded) throw std::runtime_error(p.source.string() + " does not compile: " + first_error(done.printed));
  std::ifstream events(trace);
  instantiations counts = read_time_trace(events);
  std::filesystem::remove(trace);
  counts[variable_templates] = read_variables(done.printed);
  return counts;
}

namespace detail {

/// The runs of one program so far.
struct attempts {
  std::vector<double> seconds;
  double megabytes = 0;
  double spent = 0;
  std::string failed;
  std::optional<long> instantiations;

  [[nodiscard]] std::optional<figures> result() const {
    if (seconds.empty()) return std::nullopt;
    return figures{minimum(seconds), median(seconds), megabytes, static_cast<int>(seconds.size()), instantiations};
  }
};

inline void compile(attempts& a, compiler const& cxx, program const& p, plan const& how) {
  if (!a.failed.empty() || a.spent >= how.seconds_a_program) return;
  process const done = run(front_end(cxx, p), how.most);
  a.spent += done.seconds;
  if (done.stopped)
    a.failed = "stopped at " + std::to_string(how.most.seconds) + " s or " + std::to_string(how.most.gigabytes) + " GB";
  else if (!done.succeeded)
    a.failed = "refused: " + first_error(done.printed);
  if (!a.failed.empty()) return;
  a.seconds.push_back(done.seconds);
  a.megabytes = a.megabytes == 0 ? done.megabytes : std::min(a.megabytes, done.megabytes);
}

}  // namespace detail

/// One question, at one size, to be measured beside others.
struct contestant {
  measurement result;  ///< named and asked are filled in
  program named, asked;
};

/// Compiles all of them `repetitions` times, in turns. What names the same types is compiled once for all.
inline void measure(std::vector<contestant>& contestants, compiler const& cxx, plan const& how, std::filesystem::path const& scratch) {
  std::map<program, detail::attempts> tried;
  for (int n = 0; n < how.repetitions; ++n) {
    std::vector<program const*> done;
    auto const once = [&](program const& p) {
      if (std::any_of(done.begin(), done.end(), [&](program const* other) { return *other == p; })) return;
      done.push_back(&p);
      detail::compile(tried[p], cxx, p, how);
    };
    for (contestant const& c : contestants) once(c.named), once(c.asked);
  }
  bool const tells = run({cxx.command, "--version"}).printed.find("clang") != std::string::npos;
  for (contestant& c : contestants) {
    for (program const* p : {&c.named, &c.asked}) {
      detail::attempts& a = tried[*p];
      if (tells && a.failed.empty() && !a.instantiations && minimum(a.seconds) < how.seconds_to_count)
        a.instantiations = total(count_instantiations(cxx, *p, scratch, {600, 64}));
    }
    c.result.named = tried[c.named].result();
    c.result.asked = tried[c.asked].result();
    for (program const* p : {&c.named, &c.asked})
      if (c.result.not_run.empty()) c.result.not_run = tried[*p].failed;
    std::printf("  %-16s %-34s %6d  ", c.result.name.c_str(), c.result.peer.c_str(), c.result.size);
    if (c.result.measured())
      std::printf("%8.3f s above %7.3f s\n", c.result.seconds_above(), c.result.named->seconds);
    else
      std::printf("%s\n", c.result.not_run.c_str());
    std::fflush(stdout);
  }
}

namespace detail {

/// What the next size will take, going on as from the last but one to the last; as much as the last where
/// that is alone, and with the square at most, since one disturbed run must not end a line.
inline double foreseen(std::vector<std::pair<int, double>> const& points, int size) {
  if (points.empty()) return 0;
  auto const [last, seconds] = points.back();
  double exponent = 0;
  if (points.size() > 1) {
    auto const [before, less] = points[points.size() - 2];
    if (less > 0.05 && seconds > less) exponent = std::min(2.0, std::log(seconds / less) / std::log(double(last) / double(before)));
  }
  return seconds * std::pow(double(size) / double(last), exponent);
}

}  // namespace detail

/// All peers of a case, from the smallest size to the largest. A peer that gets too dear stops growing.
inline std::vector<measurement> measure_case(bench_case const& c, std::vector<int> const& sizes, compiler const& cxx, plan const& how,
                                             std::filesystem::path const& scratch) {
  std::vector<measurement> all;
  std::map<std::string, std::string> stopped;
  std::map<std::string, std::vector<std::pair<int, double>>> points;
  for (int const size : sizes) {
    std::vector<contestant> contestants;
    for (peer const& p : c.peers) {
      if (c.last_is_for_the_cheapest && size == c.sizes.back() && !p.to_the_largest) continue;
      measurement m{c.name, p.name, cxx.command, size, {}, {}, stopped[p.name]};
      if (m.not_run.empty()) {
        double const seconds = detail::foreseen(points[p.name], size);
        if (seconds > how.most.seconds)
          m.not_run =
              "not run: some " + std::to_string(std::lround(seconds)) + " s foreseen, " + std::to_string(how.most.seconds) + " s allowed";
      }
      if (m.not_run.empty())
        contestants.push_back({std::move(m), program_of(c, p, size, question::named), program_of(c, p, size, question::asked)});
      else
        all.push_back(std::move(m));
    }
    measure(contestants, cxx, how, scratch);
    for (contestant& done : contestants) {
      measurement& m = done.result;
      if (m.measured())
        points[m.peer].emplace_back(size, std::max(0.0, m.seconds_above()));
      else
        stopped[m.peer] = "not run: " + std::to_string(size) + " was " + m.not_run;
      all.push_back(std::move(m));
    }
  }
  return all;
}

/// What each public header costs beside its standard headers.
inline std::vector<measurement> measure_includes(std::vector<std::string> const& headers, compiler const& cxx, plan const& how,
                                                 std::filesystem::path const& scratch) {
  std::vector<contestant> contestants;
  for (std::string const& header : headers)
    contestants.push_back({{include_case, header, cxx.command, 0, {}, {}, {}},
                           program_including(scratch, header, question::named),
                           program_including(scratch, header, question::asked)});
  // There are many of them, and each is small.
  plan few = how;
  few.repetitions = std::min(2, how.repetitions);
  measure(contestants, cxx, few, scratch);
  std::vector<measurement> all;
  for (contestant& c : contestants) all.push_back(std::move(c.result));
  return all;
}

}  // namespace bench
