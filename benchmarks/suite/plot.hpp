// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/plot.hpp
/// Cost against size as SVG: both axes logarithmic, one line a peer with its name at its end, one panel a compiler.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct line {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< size and seconds
  bool ours = false;                              ///< drawn strong
};

struct panel {
  std::string title;
  std::vector<line> lines;
};

/// Where a value stands between two places, by its logarithm.
inline double log_place(double value, double low, double high, double from, double to) {
  return from + (to - from) * (std::log(value) - std::log(low)) / (std::log(high) - std::log(low));
}

/// Places for labels that want to be at `wanted`, at least `apart` from each other and as near as that allows, in the same order.
inline std::vector<double> spread(std::vector<double> const& wanted, double apart, double low, double high) {
  std::vector<std::size_t> order(wanted.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::pair(wanted[a], a) < std::pair(wanted[b], b); });
  std::vector<double> placed(wanted.size());
  double at = low - apart;
  for (std::size_t const i : order) at = placed[i] = std::max(wanted[i], at + apart);
  // What was pushed beyond the end pushes back.
  double most = high;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    placed[*i] = std::min(placed[*i], most);
    most = placed[*i] - apart;
  }
  return placed;
}

namespace detail {

inline std::string tenths(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

inline std::string escaped(std::string const& text) {
  std::string safe;
  for (char const c : text) safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return safe;
}

inline std::string text_at(double x, double y, std::string const& classes, std::string const& text) {
  return "<text x=\"" + tenths(x) + "\" y=\"" + tenths(y) + "\" class=\"" + classes + "\">" + escaped(text) + "</text>\n";
}

inline std::string stroke(double x1, double y1, double x2, double y2, char const* classes) {
  return "<path class=\"" + std::string(classes) + "\" d=\"M" + tenths(x1) + " " + tenths(y1) + "L" + tenths(x2) + " " + tenths(y2) +
         "\"/>\n";
}

inline std::string seconds_in_words(double seconds) {
  char text[32];
  if (seconds < 0.9995)
    std::snprintf(text, sizeof text, "%g ms", seconds * 1000);
  else
    std::snprintf(text, sizeof text, "%g s", seconds);
  return text;
}

/// Besides its colour, each line has a mark of its own form.
inline std::string mark(std::size_t form, double x, double y) {
  auto const path = [&](std::vector<std::pair<double, double>> const& corners) {
    std::string d;
    for (auto const& [dx, dy] : corners) d += (d.empty() ? "M" : "L") + tenths(x + dx) + " " + tenths(y + dy);
    return "<path class=\"mark\" d=\"" + d + "Z\"/>";
  };
  switch (form % 5) {
    case 0:
      return "<circle class=\"mark\" cx=\"" + tenths(x) + "\" cy=\"" + tenths(y) + "\" r=\"3.5\"/>";
    case 1:
      return path({{-3, -3}, {3, -3}, {3, 3}, {-3, 3}});
    case 2:
      return path({{0, -4.2}, {4, 3}, {-4, 3}});
    case 3:
      return path({{0, -4.4}, {4.4, 0}, {0, 4.4}, {-4.4, 0}});
    default:
      return path({{0, 4.2}, {4, -3}, {-4, -3}});
  }
}

}  // namespace detail

/// The plot. Values below `least` seconds are drawn there: they are noise.
inline std::string plot(std::string const& title, std::string const& x_title, std::string const& y_title, std::vector<panel> const& panels,
                        double least = 0.005) {
  using namespace detail;
  constexpr double panel_width = 480, left = 58, plot_width = 250, top = 84, plot_height = 300, height = 440;
  double const width = panel_width * static_cast<double>(panels.size());

  // One scale for all panels, so that they can be compared.
  double smallest = 1e300, largest = 0, most = least;
  std::vector<double> sizes;
  for (panel const& p : panels)
    for (line const& l : p.lines)
      for (auto const& [size, seconds] : l.points) {
        smallest = std::min(smallest, size), largest = std::max(largest, size), most = std::max(most, seconds);
        if (std::find(sizes.begin(), sizes.end(), size) == sizes.end()) sizes.push_back(size);
      }
  std::sort(sizes.begin(), sizes.end());
  double const high = std::max(most * 1.15, least * 20);

  // The palette of Okabe and Ito, which those tell apart who see fewer colours; lighter where the ground is dark.
  static constexpr std::array<std::pair<char const*, char const*>, 8> colours{{{"#0072b2", "#56a8e0"},
                                                                               {"#d55e00", "#f28040"},
                                                                               {"#007a59", "#2cc79b"},
                                                                               {"#b04a86", "#e29ac6"},
                                                                               {"#a06c00", "#e6a817"},
                                                                               {"#555555", "#b0b0b0"},
                                                                               {"#2a8fbd", "#9bd7f5"},
                                                                               {"#7a3fbf", "#b99cf0"}}};
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + tenths(width) + " " + tenths(height) + "\" role=\"img\">\n<title>" +
      escaped(title) + "</title>\n<style>\n" +
      "text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-size:16px;font-weight:600}.head{font-weight:600}\n"
      ".soft{fill:#59636e}.end{text-anchor:end}.middle{text-anchor:middle}.ground{fill:#ffffff}\n"
      ".grid{stroke:#d1d9e0;fill:none}.axis{stroke:#59636e;fill:none}.line{fill:none;stroke-width:1.5}.strong{stroke-width:3}\n"
      ".mark{stroke:none}.name{font-size:11.5px}.bold{font-weight:700}.lead{fill:none;stroke-width:0.7;opacity:0.6}\n";
  for (std::size_t i = 0; i < colours.size(); ++i) {
    std::string const c = ".c" + std::to_string(i);
    svg += c + " .line," + c + " .lead{stroke:" + colours[i].first + "}" + c + " .mark," + c + " .name{fill:" + colours[i].first + "}\n";
  }
  svg +=
      "@media "
      "(prefers-color-scheme:dark){text{fill:#f0f6fc}.soft{fill:#9198a1}.ground{fill:#0d1117}.grid{stroke:#2b3138}.axis{stroke:#9198a1}\n";
  for (std::size_t i = 0; i < colours.size(); ++i) {
    std::string const c = ".c" + std::to_string(i);
    svg += c + " .line," + c + " .lead{stroke:" + colours[i].second + "}" + c + " .mark," + c + " .name{fill:" + colours[i].second + "}\n";
  }
  svg += "}\n</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n";
  svg += text_at(left, 26, "title", title);
  svg += text_at(left, 46, "soft", y_title);

  double const bottom = top + plot_height;
  for (std::size_t n = 0; n < panels.size(); ++n) {
    double const x0 = panel_width * static_cast<double>(n) + left, x1 = x0 + plot_width;
    auto const x = [&](double size) { return largest > smallest ? log_place(size, smallest, largest, x0 + 8, x1 - 8) : (x0 + x1) / 2; };
    auto const y = [&](double seconds) { return log_place(std::max(seconds, least), least, high, bottom, top); };
    svg += text_at(x0, top - 12, "head", panels[n].title);
    for (int power = -3; std::pow(10, power) <= high; ++power)
      if (double const decade = std::pow(10, power); decade >= least * 0.999) {
        svg += stroke(x0, y(decade), x1, y(decade), "grid");
        svg += text_at(x0 - 6, y(decade) + 4, "soft end", seconds_in_words(decade));
      }
    svg += stroke(x0, bottom, x1, bottom, "axis");
    for (double const size : sizes) {
      svg += stroke(x(size), bottom, x(size), bottom + 4, "axis");
      char text[32];
      std::snprintf(text, sizeof text, "%.0f", size);
      svg += text_at(x(size), bottom + 18, "soft middle", text);
    }
    svg += text_at((x0 + x1) / 2, bottom + 38, "soft middle", x_title);

    std::vector<double> wanted;
    for (line const& l : panels[n].lines) wanted.push_back(l.points.empty() ? bottom : y(l.points.back().second));
    std::vector<double> const labels = spread(wanted, 15, top, bottom);
    for (std::size_t i = 0; i < panels[n].lines.size(); ++i) {
      line const& l = panels[n].lines[i];
      if (l.points.empty()) continue;
      svg += "<g class=\"c" + std::to_string(i % colours.size()) + "\">";
      std::string d;
      for (auto const& [size, seconds] : l.points) d += (d.empty() ? "M" : "L") + tenths(x(size)) + " " + tenths(y(seconds));
      svg += std::string("<path class=\"line") + (l.ours ? " strong" : "") + "\" d=\"" + d + "\"/>\n";
      for (auto const& [size, seconds] : l.points) svg += mark(i, x(size), y(seconds));
      double const end = x(l.points.back().first);
      svg += "\n" + stroke(end + 6, wanted[i], x1 + 8, labels[i], "lead");
      svg += text_at(x1 + 12, labels[i] + 4, l.ours ? "name bold" : "name", l.name);
      svg += "</g>\n";
    }
  }
  return svg + "</svg>\n";
}

}  // namespace bench
