// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/measure.hpp
/// Compiles the programs of a case, several times each and in turns, so that whatever else the machine does meanwhile meets all of them.

#include "cases.hpp"
#include "instantiations.hpp"
#include "instructions.hpp"
#include "process.hpp"
#include "program.hpp"
#include "results.hpp"
#include "statistics.hpp"
#include "toolchain.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace bench {

struct plan {
  int repetitions = 3;
  limits most{10, 8};
  double seconds_a_program = 1.5;  ///< a program that has taken this long in all its runs is not compiled again
  double seconds_to_count = 8;     ///< a program that takes longer is not counted: its trace would be too large
};

/// What clang instantiates in a program. Throws where clang refuses the program or exceeds the limits.
inline instantiations count_instantiations(compiler const& clang, program const& p, std::filesystem::path const& scratch,
                                           limits const& most = {}) {
  // A file for each thread: several count at once.
  std::filesystem::path const trace =
      scratch / ("trace-" + std::to_string(std::hash<std::thread::id>{}(std::this_thread::get_id())) + ".json");
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
  std::optional<long> instantiations, instructions;

  [[nodiscard]] std::optional<figures> result() const {
    if (seconds.empty()) return std::nullopt;
    return figures{minimum(seconds), median(seconds), megabytes, static_cast<int>(seconds.size()), instantiations, instructions};
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

/// Runs the jobs, as many at once as there are cores. Only for counting: unlike times, counts do not depend on the load of the machine.
inline void at_once(std::vector<std::function<void()>> const& jobs) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex guards_failure;
  {
    std::vector<std::jthread> threads;
    for (unsigned n = 0; n < std::max(1U, std::thread::hardware_concurrency()) && n < jobs.size(); ++n)
      threads.emplace_back([&] {
        for (std::size_t i = 0; (i = next++) < jobs.size();) try {
            jobs[i]();
          } catch (...) {
            std::lock_guard const lock(guards_failure);
            if (!failure) failure = std::current_exception();
            next = jobs.size();
          }
      });
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace detail

/// One question to one peer at one size. Several are measured together, in turns.
struct contestant {
  measurement result;  ///< named and asked are filled in
  program named, asked;
  int most_repetitions = std::numeric_limits<int>::max();
};

/// Compiles all of them `repetitions` times, in turns. A program that several share, since they name the same types, is compiled once a
/// turn.
inline void measure(std::vector<contestant>& contestants, compiler const& cxx, plan const& how, std::filesystem::path const& scratch) {
  std::map<program, detail::attempts> tried;
  for (int n = 0; n < how.repetitions; ++n) {
    std::vector<program const*> done;
    auto const once = [&](program const& p) {
      if (std::any_of(done.begin(), done.end(), [&](program const* other) { return *other == p; })) return;
      done.push_back(&p);
      detail::compile(tried[p], cxx, p, how);
    };
    for (contestant const& c : contestants)
      if (n < c.most_repetitions) once(c.named), once(c.asked);
  }
  bool const tells = run({cxx.command, "--version"}).printed.find("clang") != std::string::npos;
  std::vector<program> counted;
  for (contestant const& c : contestants)
    if (tried[c.named].failed.empty() && tried[c.asked].failed.empty() && is_counted(c.result.name, c.result.peer, c.result.size))
      counted.push_back(c.named), counted.push_back(c.asked);
  std::vector<std::function<void()>> jobs;
  for (auto& [p, a] : tried) {
    if (!a.failed.empty()) continue;
    // The slowest jobs first: valgrind.
    if (std::find(counted.begin(), counted.end(), p) != counted.end())
      jobs.insert(jobs.begin(), [&] { a.instructions = count_instructions(cxx, p); });
    if (tells && minimum(a.seconds) < how.seconds_to_count)
      jobs.emplace_back([&] { a.instantiations = total(count_instantiations(cxx, p, scratch, {600, 64})); });
  }
  detail::at_once(jobs);
  for (contestant& c : contestants) {
    c.result.named = tried[c.named].result();
    c.result.asked = tried[c.asked].result();
    for (program const* p : {&c.named, &c.asked})
      if (c.result.not_run.empty()) c.result.not_run = tried[*p].failed;
    std::fprintf(stderr, "  %-16s %-34s %6d  ", c.result.name.c_str(), c.result.peer.c_str(), c.result.size);
    if (c.result.measured())
      std::fprintf(stderr, "%8.3f s above %7.3f s\n", c.result.seconds_above(), c.result.named->seconds);
    else
      std::fprintf(stderr, "%s\n", c.result.not_run.c_str());
  }
}

namespace detail {

/// How long the next size will take if the time keeps growing as it did between the last two sizes: as a power of the size, the second
/// at most, since one disturbed run must not end a line. With one point, as long as that.
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

namespace detail {

/// Throws where our own program is refused at its smallest size: measurements of a broken library are worth nothing.
inline void throw_if_broken(measurement const& m) {
  if (m.not_run.starts_with("refused"))
    throw std::runtime_error(m.name + " " + m.peer + " is " + m.not_run + " (" + m.compiler + "); nothing is kept");
}

}  // namespace detail

/// Measures all peers of a case, from the smallest size to the largest. A peer that would exceed the limit is not run at larger sizes.
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
        if (seconds > how.most.seconds && !p.ours && p.quoted_at != size)
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
      bool const ours = std::any_of(c.peers.begin(), c.peers.end(), [&](peer const& p) { return p.name == m.peer && p.ours; });
      if (ours && points[m.peer].empty()) detail::throw_if_broken(m);
      if (m.measured())
        points[m.peer].emplace_back(size, std::max(0.0, m.seconds_above()));
      else
        stopped[m.peer] = "not run: " + std::to_string(size) + " was " + m.not_run;
      all.push_back(std::move(m));
    }
  }
  return all;
}

/// `commfold/tree.hpp`, not `commfold/tree/sum.hpp`.
inline bool is_umbrella(std::string const& header) { return header.find('/') == header.rfind('/'); }

/// What each public header costs beside its standard headers. There are many, and the umbrellas are what one includes: the others are
/// compiled once.
inline std::vector<measurement> measure_includes(std::vector<std::string> const& headers, compiler const& cxx, plan const& how,
                                                 std::filesystem::path const& scratch) {
  std::vector<contestant> contestants;
  for (std::string const& header : headers)
    contestants.push_back({{include_case, header, cxx.command, 0, {}, {}, {}},
                           program_including(scratch, header, question::named),
                           program_including(scratch, header, question::asked),
                           is_umbrella(header) ? how.repetitions : 1});
  measure(contestants, cxx, how, scratch);
  std::vector<measurement> all;
  for (contestant& c : contestants) {
    detail::throw_if_broken(c.result);
    all.push_back(std::move(c.result));
  }
  return all;
}

}  // namespace bench
