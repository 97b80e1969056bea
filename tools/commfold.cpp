// SPDX-License-Identifier: BSL-1.0
// The command line tool: `commfold plan`, `show`, `wire`, `check` and `diff`.
#include <src/budget_file.hpp>
#include <src/check_report.hpp>
#include <src/diff_reports.hpp>
#include <src/message.hpp>
#include <src/output.hpp>
#include <src/report_file.hpp>
#include <src/wire_report.hpp>
#include <src/wire_setup.hpp>
#include <tools/plan_command.hpp>
#include <tools/report_options.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdio>
#include <exception>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace cf = commfold;
namespace io = commfold::io;
using namespace commfold::tool;

void add_mesh_options(CLI::App& command, io::wire_options& a) {
  command.add_option("--mesh", a.mesh, "The axes of the program's mesh and their ranks, the last one varying fastest: dp=4,tp=8")
      ->type_name("NAME=N,...");
  command.add_option("--group", a.groups, "A group along several axes, or along all: world=dp,tp")
      ->type_name("NAME=AXIS,...")
      ->allow_extra_args(false);
}

struct show_arguments {
  std::string file;
  report_arguments report;
};

CLI::App* add_show(CLI::App& app, show_arguments& a) {
  CLI::App* const show = app.add_subcommand("show", "Draws a report in JSON, your own or a plan's, in another format");
  show->add_option("report", a.file,
                   "A report in JSON, as cf::json_report or commfold plan --format json writes it; - is the standard input")
      ->required()
      ->type_name("REPORT.json");
  add_report_options(*show, a.report);
  show->footer(std::string("Calls can be shown where the report lists them.\n"
                           "\n"
                           "Examples:\n"
                           "  commfold show traffic.json\n"
                           "  commfold show traffic.json --format html --calls -o traffic.html\n"
                           "\n") +
               exit_statuses);
  return show;
}

struct wire_arguments {
  std::string file;
  io::wire_options wire;
  report_arguments report;
};

CLI::App* add_wire(CLI::App& app, wire_arguments& a) {
  CLI::App* const wire = app.add_subcommand("wire", "What each rank puts on the wire under a library, over which links, in what time");
  wire->add_option("report", a.file,
                   "A report in JSON, as cf::json_report or commfold plan --format json writes it; - is the standard input")
      ->required()
      ->type_name("REPORT.json");
  add_library_options(*wire, a.wire);
  add_mesh_options(*wire, a.wire);
  wire->add_option("--rank", a.wire.rank, "Whose record the report is: answers for this rank alone, and for sends and receives")
      ->type_name("R");
  wire->add_option("--format", a.report.format, "What is written; csv is the matrix rank by rank")
      ->check(CLI::IsMember({"text", "markdown", "json", "csv"}))
      ->capture_default_str();
  wire->add_option("-o,--output", a.report.output, "Write to this file, whole or not at all; - is the standard output")
      ->type_name("FILE")
      ->capture_default_str();
  wire->footer(std::string("Examples:\n"
                           "  commfold wire traffic.json --backend gloo --mesh dp=4,tp=8\n"
                           "  commfold wire traffic.json --backend nccl --machine h100-8nic \\\n"
                           "      --mesh dp=4,tp=8 --group world=dp,tp --gpus-per-node 8\n"
                           "\n") +
               exit_statuses);
  return wire;
}

struct check_arguments {
  std::string report, budget;
  std::string format = "text";
  io::wire_options wire;
};

void add_wording(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How it is worded")->check(CLI::IsMember({"text", "markdown"}))->capture_default_str();
}

io::wording wording_of(std::string const& format) { return format == "markdown" ? io::wording::markdown : io::wording::text; }

CLI::App* add_check(CLI::App& app, check_arguments& a) {
  CLI::App* const check = app.add_subcommand("check", "Whether a report keeps a budget, and what of it is broken");
  check
      ->add_option("report", a.report,
                   "A report in JSON, as commfold plan --format json or cf::json_report writes it; - is the standard input")
      ->required()
      ->type_name("REPORT.json");
  check->add_option("budget", a.budget, "Rules in JSON; - is the standard input")->required()->type_name("BUDGET.json");
  add_library_options(*check, a.wire);
  add_mesh_options(*check, a.wire);
  add_wording(*check, a.format);
  check->footer(std::string("A budget:\n"
                            "  {\"commfold_budget\": 1, \"rules\": [\n"
                            "    {\"name\": \"all of it\",\n"
                            "     \"message_bytes\": {\"at_least\": 1000000, \"at_most\": 450000000000}},\n"
                            "    {\"name\": \"no reductions in the forward\",\n"
                            "     \"of\": {\"operator\": \"c10d::allreduce_\", \"phase\": \"forward\"},\n"
                            "     \"calls\": {\"at_least\": 0, \"at_most\": 0}}]}\n"
                            "A rule is over the calls \"of\" an operator, group, phase, dtype and\n"
                            "message_size, or over all of them. It limits message_bytes, input_bytes,\n"
                            "output_bytes, calls, and the message_size of each call. Of calls at least one\n"
                            "must be there unless the rule says otherwise, so that a report of nothing keeps\n"
                            "no budget. With --backend and --mesh it may limit what ranks send and receive on\n"
                            "the wire, sent_bytes and received_bytes, what leaves a domain,\n"
                            "\"between\": {\"domain\": \"node\", \"at_most\": 2000000000}, and microseconds.\n"
                            "\n"
                            "Examples:\n"
                            "  commfold check traffic.json budget.json\n"
                            "  commfold check traffic.json budget.json --backend gloo --mesh dp=4,tp=8\n"
                            "\n") +
                exit_statuses);
  return check;
}

struct diff_arguments {
  std::string before, after;
  std::optional<std::string> limit;
  std::string format = "text";
};

CLI::App* add_diff(CLI::App& app, diff_arguments& a) {
  CLI::App* const diff = app.add_subcommand("diff", "What grew, shrank, appeared and vanished from one report to another");
  diff->add_option("old", a.before, "A report in JSON; - is the standard input")->required()->type_name("OLD.json");
  diff->add_option("new", a.after, "Another")->required()->type_name("NEW.json");
  diff->add_option("--fail-on-growth", a.limit, "Fail when all message bytes together grew by more than this: 5%, 2.5%, 0%")
      ->type_name("PERCENT");
  add_wording(*diff, a.format);
  diff->footer(std::string("A row is an operator, a group and its size, a phase and a dtype. A difference\n"
                           "alone is no failure.\n"
                           "\n"
                           "Examples:\n"
                           "  commfold diff main.json branch.json\n"
                           "  commfold diff main.json branch.json --fail-on-growth 5%\n"
                           "\n") +
               exit_statuses);
  return diff;
}

exit_status run_show(show_arguments const& a) {
  expect_calls_can_be_shown(a.report);
  io::report_contents const read = io::read_whole_report(a.file);
  if (!read.calls && (a.report.calls || a.report.format == "chrome"))
    throw io::input_error(a.file, "lists no calls; write it with them, as commfold plan --calls and cf::json_report(ledger, log) do");
  report_words const words{io::file_name(a.file), "", ""};
  write(a.report, with_file(a.file, [&] { return report_of(a.report, read.traffic, read.calls.value_or(cf::path_log()), words); }));
  return kept;
}

exit_status run_wire(wire_arguments const& a) {
  io::wire_setup const by(a.wire);
  auto const traffic = io::read_report(a.file);
  write(a.report, with_file(a.file, [&] { return io::wire_report(traffic, by, wire_format_of(a.report.format), io::file_name(a.file)); }));
  return kept;
}

exit_status tell(io::verdict const& verdict) {
  io::write_standard_output(verdict.words);
  return verdict.kept ? kept : broken;
}

/// It can be read once.
void expect_one_standard_input(std::string const& one, std::string const& other) {
  if (one == "-" && other == "-") throw io::input_error("only one of the two files can be the standard input");
}

exit_status run_check(check_arguments const& a) {
  expect_one_standard_input(a.report, a.budget);
  auto const traffic = io::read_report(a.report);
  io::budget_file const budget(a.budget);
  std::optional<io::wire_setup> by;
  if (a.wire.are_given()) by.emplace(a.wire);
  budget.expect_known(by ? &*by : nullptr);  // before the report's name is put before errors
  return tell(with_file(a.report, [&] { return io::check_report(traffic, budget, wording_of(a.format), by ? &*by : nullptr); }));
}

exit_status run_diff(diff_arguments const& a) {
  expect_one_standard_input(a.before, a.after);
  std::optional<io::growth_limit> limit;
  if (a.limit) limit.emplace(*a.limit);
  auto const before = io::read_report(a.before), after = io::read_report(a.after);
  return tell(io::diff_reports(before, after, limit, wording_of(a.format)));
}

/// Prints one short line to the standard error, which opens with the command.
exit_status complain(std::string const& command, std::string const& what) {
  std::fprintf(stderr, "%s\n", io::shortened(command + ": " + what, 198).c_str());
  return bad_input;
}

/// CLI11 knows words that no command takes only behind a command.
void expect_command(CLI::App const& app, int argc, char const* const* argv) {
  std::string_view const first = argc > 1 ? argv[1] : "";
  if (first.empty() || first.starts_with('-')) return;
  std::string known;
  for (CLI::App const* const command : app.get_subcommands({})) {
    if (command->get_name() == first) return;
    known += (known.empty() ? "" : ", ") + command->get_name();
  }
  throw io::input_error("'" + io::shortened(first) + "' is no command; the commands are " + known + " (see commfold --help)");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Tells how many bytes a distributed program communicates.", "commfold");
  app.require_subcommand(0, 1);  // where one is required, words that no command takes are not named
  app.set_version_flag("-V,--version", "commfold " COMMFOLD_VERSION);
  app.footer(std::string("commfold COMMAND --help says more of each.\n\n") + exit_statuses);
  plan_arguments plan_given;
  show_arguments show_given;
  wire_arguments wire_given;
  check_arguments check_given;
  diff_arguments diff_given;
  CLI::App const* const plan = add_plan(app, plan_given);
  CLI::App const* const show = add_show(app, show_given);
  CLI::App const* const wire = add_wire(app, wire_given);
  CLI::App const* const check = add_check(app, check_given);
  add_diff(app, diff_given);

  std::string command = "commfold";
  try {
    try {
      expect_command(app, argc, argv);
      app.parse(argc, argv);
      if (app.get_subcommands().empty()) throw CLI::RequiredError("A subcommand");
    } catch (CLI::ParseError const& error) {
      for (CLI::App const* const given : app.get_subcommands()) command += " " + given->get_name();
      if (error.get_exit_code() != 0) return complain(command, std::string(error.what()) + " (see " + command + " --help)");
      std::ostringstream words;  // of --help and --version
      app.exit(error, words, words);
      io::write_standard_output(words.str());
      return kept;
    }
    command += " " + app.get_subcommands().front()->get_name();
    if (plan->parsed()) return run_plan(plan_given);
    if (show->parsed()) return run_show(show_given);
    if (wire->parsed()) return run_wire(wire_given);
    if (check->parsed()) return run_check(check_given);
    return run_diff(diff_given);
  } catch (std::bad_alloc const&) {
    return complain(command, "there is not enough memory for this input");
  } catch (cf::error const& error) {
    return complain(command, io::reason_of(error));
  } catch (std::exception const& error) {
    return complain(command, error.what());
  }
}
