// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tools/report_options.hpp
/// What the commands that write reports share: their options, and how a report is written.

#include <src/input_error.hpp>
#include <src/markdown.hpp>
#include <src/message.hpp>
#include <src/output.hpp>
#include <src/wire_report.hpp>
#include <src/wire_setup.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <CLI/CLI.hpp>

#include <string>

namespace commfold::tool {

namespace cf = commfold;

enum exit_status { kept = 0, broken = 1, bad_input = 2 };

// No line of a footer is longer than 80 characters, at which some releases of CLI11 break them.
constexpr char const* exit_statuses =
    "Exit status: 0 when all is well, 1 when a budget is broken or growth is above\n"
    "its limit, 2 when the input or the command line is wrong, or the output cannot\n"
    "be written.";

/// How a report is written.
struct report_arguments {
  bool calls = false;
  std::string format = "text";
  std::string output = "-";
};

inline void add_report_options(CLI::App& command, report_arguments& a) {
  command.add_flag("--calls", a.calls,
                   "Every call, in order: before the totals of a text, within json and html; chrome holds nothing else");
  command.add_option("--format", a.format, "What is written")
      ->check(CLI::IsMember({"text", "markdown", "json", "csv", "html", "chrome"}))
      ->capture_default_str();
  command.add_option("-o,--output", a.output, "Write to this file, whole or not at all; - is the standard output")
      ->type_name("FILE")
      ->capture_default_str();
}

/// Which library runs the calls, and where ranks are. A plan knows its groups.
inline void add_library_options(CLI::App& command, io::wire_options& a) {
  command.add_option("--backend", a.backend, "The library that runs the calls: gloo, openmpi or nccl");
  command.add_option("--machine", a.machine, "What nccl runs on: h100-8nic, a100-8nic or b200-8nic");
  command.add_option("--gpus-per-node", a.gpus_per_node, "Ranks that share a node (default: all ranks are on one)")->type_name("N");
  command.add_option("--domains", a.domains, "Ranks that share a node, a rack and so on, the smallest first: node=8,rack=32")
      ->type_name("NAME=N,...");
}

/// What a report in text or Markdown says before its table.
struct report_words {
  std::string title;                     // of the file
  std::string text_head, markdown_head;  // what follows the title
};

template <class Log>
std::string report_of(report_arguments const& a, cf::ledger<cf::dyn> const& traffic, Log const& calls, report_words const& words) {
  if (a.format == "json") return a.calls ? cf::json_report(traffic, calls) : cf::json_report(traffic);
  if (a.format == "html") return a.calls ? cf::html_report(traffic, calls) : cf::html_report(traffic);
  if (a.format == "chrome") return cf::chrome_trace(calls);
  if (a.format == "csv") return cf::csv_report(traffic);
  if (a.format == "markdown") return io::code(words.title) + words.markdown_head + "\n\n" + cf::markdown_report(traffic);
  return words.title + "\n" + words.text_head + "\n" + (a.calls ? cf::text_report(calls) + "\n" : "") + cf::text_report(traffic);
}

inline void expect_calls_can_be_shown(report_arguments const& a) {
  if (a.calls && (a.format == "markdown" || a.format == "csv"))
    throw io::input_error("--calls: a report in " + a.format + " holds no single calls; text, json, html and chrome do");
}

inline void write(report_arguments const& a, std::string const& report) {
  if (a.output == "-")
    io::write_standard_output(report);
  else
    io::write_file(a.output, report);
}

/// What `make` returns. An error of the library, as of a sum that does not fit, is told with the file that it comes of.
template <class Make>
auto with_file(std::string const& file, Make const& make) {
  try {
    return make();
  } catch (cf::error const& error) {
    throw io::input_error(file, io::reason_of(error));
  }
}

inline io::wire_format wire_format_of(std::string const& format) {
  if (format == "json") return io::wire_format::json;
  if (format == "csv") return io::wire_format::csv;
  return format == "markdown" ? io::wire_format::markdown : io::wire_format::text;
}

}  // namespace commfold::tool
