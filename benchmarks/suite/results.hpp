// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/results.hpp
/// The figures of a run of the compile-time suite, as they are kept in benchmarks/results/compile.json.

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// One program, compiled several times.
struct figures {
  double seconds = 0;  ///< processor time of the front end, the least
  double median = 0;   ///< of the same runs
  double megabytes = 0;
  int runs = 0;
  std::optional<long> instantiations;  ///< clang only
  std::optional<long> instructions{};  ///< of the rows in instructions.hpp only: executed by the front end, in one run
};

/// A question to a peer at a size, beside the program that only names the types.
struct measurement {
  std::string name;  ///< of the case
  std::string peer;
  std::string compiler;
  int size = 0;
  std::optional<figures> named;
  std::optional<figures> asked;
  std::string not_run;  ///< why there are no figures

  [[nodiscard]] bool measured() const { return named && asked; }
  [[nodiscard]] double seconds_above() const { return asked->seconds - named->seconds; }
  [[nodiscard]] std::optional<long> instantiations_above() const {
    if (!asked->instantiations || !named->instantiations) return std::nullopt;
    return *asked->instantiations - *named->instantiations;
  }
  [[nodiscard]] bool has_instructions() const { return measured() && asked->instructions && named->instructions; }
  [[nodiscard]] std::optional<long> instructions_above() const {
    if (!has_instructions()) return std::nullopt;
    return *asked->instructions - *named->instructions;
  }
};

struct results {
  nlohmann::ordered_json about;  ///< machine, compilers, Boost, date, command
  std::vector<measurement> measurements;

  [[nodiscard]] measurement const* find(std::string const& name, std::string const& peer, int size, std::string const& compiler) const {
    auto const found = std::find_if(measurements.begin(), measurements.end(), [&](measurement const& m) {
      return m.name == name && m.peer == peer && m.size == size && m.compiler == compiler;
    });
    return found == measurements.end() ? nullptr : &*found;
  }
  [[nodiscard]] std::vector<std::string> compilers() const {
    std::vector<std::string> names;
    for (measurement const& m : measurements)
      if (std::find(names.begin(), names.end(), m.compiler) == names.end()) names.push_back(m.compiler);
    return names;
  }
};

namespace detail {

/// Rounds to milliseconds and tenths of megabytes: more digits are noise, and would change every line of the file.
inline double rounded(double value, double steps) { return std::round(value * steps) / steps; }

inline nlohmann::ordered_json written(figures const& f) {
  nlohmann::ordered_json j{{"seconds", rounded(f.seconds, 1000)},
                           {"median", rounded(f.median, 1000)},
                           {"megabytes", rounded(f.megabytes, 10)},
                           {"runs", f.runs}};
  if (f.instantiations) j["instantiations"] = *f.instantiations;
  if (f.instructions) j["instructions"] = *f.instructions;
  return j;
}

inline figures figures_in(nlohmann::ordered_json const& j) {
  figures f{j.at("seconds").get<double>(), j.at("median").get<double>(), j.at("megabytes").get<double>(), j.at("runs").get<int>(), {}};
  if (j.contains("instantiations")) f.instantiations = j.at("instantiations").get<long>();
  if (j.contains("instructions")) f.instructions = j.at("instructions").get<long>();
  return f;
}

}  // namespace detail

/// One measurement a line, so that a new run can be read beside the old one.
inline std::string written(results const& r) {
  nlohmann::ordered_json about = r.about;
  std::string text = about.dump(2);
  text.erase(text.rfind('\n'));
  text += ",\n  \"measurements\": [";
  for (measurement const& m : r.measurements) {
    nlohmann::ordered_json j{{"case", m.name}, {"peer", m.peer}, {"size", m.size}, {"compiler", m.compiler}};
    if (m.named) j["named"] = detail::written(*m.named);
    if (m.asked) j["asked"] = detail::written(*m.asked);
    if (!m.not_run.empty()) j["not_run"] = m.not_run;
    text += std::string(&m == &r.measurements.front() ? "" : ",") + "\n    " + j.dump();
  }
  return text + "\n  ]\n}\n";
}

inline results results_in(nlohmann::ordered_json j) {
  results r;
  for (nlohmann::ordered_json const& line : j.at("measurements")) {
    measurement m{line.at("case").get<std::string>(),
                  line.at("peer").get<std::string>(),
                  line.at("compiler").get<std::string>(),
                  line.at("size").get<int>(),
                  {},
                  {},
                  line.value("not_run", "")};
    if (line.contains("named")) m.named = detail::figures_in(line.at("named"));
    if (line.contains("asked")) m.asked = detail::figures_in(line.at("asked"));
    r.measurements.push_back(std::move(m));
  }
  j.erase("measurements");
  r.about = std::move(j);
  return r;
}

inline std::string contents(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(file.string() + " cannot be opened");
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// All of it or nothing: what is interrupted leaves the file as it was.
inline void write(std::filesystem::path const& file, std::string const& text) {
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::filesystem::path const whole = file.string() + ".new";
  std::ofstream stream(whole, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw std::runtime_error(file.string() + " cannot be written");
  std::filesystem::rename(whole, file);
}

}  // namespace bench
