// SPDX-License-Identifier: BSL-1.0
// The command line tool: `commfold plan`, `commfold check`, `commfold diff`.
#include <src/budget_file.hpp>
#include <src/check_report.hpp>
#include <src/diff_reports.hpp>
#include <src/model_config.hpp>
#include <src/output.hpp>
#include <src/plan.hpp>
#include <src/report_file.hpp>

#include <commfold/commfold.hpp>
#include <commfold/report.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <sstream>
#include <string>

namespace {

namespace cf = commfold;
namespace io = commfold::io;

enum exit_status { kept = 0, broken = 1, bad_input = 2 };

// No line of a footer is longer than 80 characters, at which some releases of CLI11 break them.
constexpr char const* exit_statuses =
    "Exit status: 0 when all is well, 1 when a budget is broken or growth is above\n"
    "its limit, 2 when the input or the command line is wrong, or the output cannot\n"
    "be written.";

struct plan_arguments {
  std::string file;
  std::size_t ranks = 8;
  std::string param_dtype, reduce_dtype;
  bool no_reshard = false;
  bool pad = false;
  bool calls = false;
  std::string format = "text";
  std::optional<std::string> output;
};

/// Instead of CLI11's own check, which compares floating point numbers and spells the largest of them in its message.
std::string is_positive(std::string const& text) {
  bool const digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && text.find_first_not_of('0') != std::string::npos ? "" : "must be a positive integer, and is " + text;
}

CLI::App* add_plan(CLI::App& app, plan_arguments& a) {
  CLI::App* const plan = app.add_subcommand("plan", "What one training step of a transformer communicates under FSDP2, per rank");
  plan->add_option("config", a.file, "A Hugging Face config.json of the Llama or Mixtral family")->required()->type_name("FILE");
  plan->add_option("--ranks", a.ranks, "Ranks that the parameters are sharded over")->check(is_positive, "")->capture_default_str();
  plan->add_option("--param-dtype", a.param_dtype, "MixedPrecisionPolicy's param_dtype: what is gathered (default: the file's dtype)");
  plan->add_option("--reduce-dtype", a.reduce_dtype, "MixedPrecisionPolicy's reduce_dtype: what is reduced (default: the param dtype)");
  plan->add_flag("--no-reshard-after-forward", a.no_reshard, "Keep the gathered layers from the forward to the backward");
  plan->add_flag("--pad", a.pad, "Accept parameters that the ranks do not divide; FSDP2 pads them");
  plan->add_flag("--calls", a.calls, "Every call, in order: before the totals of a text, within json and html; chrome holds nothing else");
  plan->add_option("--format", a.format, "What is written")
      ->check(CLI::IsMember({"text", "markdown", "json", "csv", "html", "chrome"}))
      ->capture_default_str();
  plan->add_option("-o,--output", a.output, "Write to this file, whole or not at all, and not to the standard output")->type_name("FILE");
  plan->footer(std::string("Examples:\n"
                           "  commfold plan config.json --ranks 64 --reduce-dtype float32\n"
                           "  commfold plan config.json --format json -o traffic.json\n"
                           "  commfold plan config.json --format html --calls -o traffic.html\n"
                           "\n") +
               exit_statuses);
  return plan;
}

struct check_arguments {
  std::string report, budget;
  std::string format = "text";
};

void add_wording(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How it is worded")->check(CLI::IsMember({"text", "markdown"}))->capture_default_str();
}

io::wording wording_of(std::string const& format) { return format == "markdown" ? io::wording::markdown : io::wording::text; }

CLI::App* add_check(CLI::App& app, check_arguments& a) {
  CLI::App* const check = app.add_subcommand("check", "Whether a report keeps a budget, and what of it is broken");
  check->add_option("report", a.report, "A report in JSON, as commfold plan --format json or cf::json_report writes it")
      ->required()
      ->type_name("REPORT.json");
  check->add_option("budget", a.budget, "Rules in JSON")->required()->type_name("BUDGET.json");
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
                            "no budget.\n"
                            "\n"
                            "Example:\n"
                            "  commfold check traffic.json budget.json\n"
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
  diff->add_option("old", a.before, "A report in JSON")->required()->type_name("OLD.json");
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

/// The dtype that an option names, or another where the option is not given.
cf::dtype dtype_or(char const* option, std::string const& given, cf::dtype otherwise) {
  if (given.empty()) return otherwise;
  try {
    return cf::dtype_from_name(given);
  } catch (cf::invalid_argument const& error) {
    throw io::input_error(std::string(option) + ": " + error.what());
  }
}

/// What a report in text or Markdown says of the plan before its table.
struct plan_words {
  std::string parameters;  // "38 406 656, padded by 7 168"
  std::string step;        // "FSDP2 over 8 ranks, gathered in bfloat16, …"
};

plan_words words_of(plan_arguments const& a, io::plan const& plan, fsdp2::options const& fsdp) {
  plan_words words;
  words.parameters = cf::group_digits(plan.parameters);
  if (plan.padding != 0) words.parameters += ", padded by " + cf::group_digits(plan.padding);
  words.step = "FSDP2 over " + cf::group_digits(a.ranks) + (a.ranks == 1 ? " rank" : " ranks") + ", gathered in " +
               std::string(cf::name(fsdp.param_dtype)) + ", reduced in " + std::string(cf::name(fsdp.reduce_dtype)) +
               (a.no_reshard ? ", not" : ",") + " resharded after the forward; per rank and step";
  return words;
}

std::string report_of(plan_arguments const& a, io::plan const& plan, fsdp2::options const& fsdp) {
  if (a.format == "json") return a.calls ? cf::json_report(plan.traffic, plan.calls) : cf::json_report(plan.traffic);
  if (a.format == "html") return a.calls ? cf::html_report(plan.traffic, plan.calls) : cf::html_report(plan.traffic);
  if (a.format == "chrome") return cf::chrome_trace(plan.calls);
  if (a.format == "csv") return cf::csv_report(plan.traffic);
  auto const [parameters, step] = words_of(a, plan, fsdp);
  if (a.format == "markdown")
    return io::markdown_escaped(a.file) + ": " + parameters + " parameters. " + step + ".\n\n" + cf::markdown_report(plan.traffic);
  return a.file + "\nparameters  " + parameters + "\n" + step + ":\n\n" + (a.calls ? cf::text_report(plan.calls) + "\n" : "") +
         cf::text_report(plan.traffic);
}

/// The whole report is made before any of it is written: one that fails half way prints nothing.
exit_status run_plan(plan_arguments const& a) {
  if (a.calls && (a.format == "markdown" || a.format == "csv"))
    throw io::input_error("--calls: a report in " + a.format + " holds no single calls; text, json, html and chrome do");
  io::model_config const config = io::read_model_config(a.file);
  if (!config.dtype && a.param_dtype.empty()) throw io::input_error(a.file + ": key 'torch_dtype' is missing; give it, or --param-dtype");

  io::plan_options options{.ranks = a.ranks, .pad = a.pad};
  options.fsdp.param_dtype = dtype_or("--param-dtype", a.param_dtype, config.dtype.value_or(cf::bf16));
  options.fsdp.reduce_dtype = dtype_or("--reduce-dtype", a.reduce_dtype, options.fsdp.param_dtype);
  options.fsdp.reshard_after_forward = !a.no_reshard;

  io::plan plan;
  try {
    plan = io::make_plan(config, options);
  } catch (cf::error const& error) {
    throw io::input_error(a.file + ": " + error.what());
  }
  std::string const report = report_of(a, plan, options.fsdp);
  if (a.output)
    io::write_file(*a.output, report);
  else
    io::write_standard_output(report);
  return kept;
}

exit_status tell(io::verdict const& verdict) {
  io::write_standard_output(verdict.words);
  return verdict.kept ? kept : broken;
}

exit_status run_check(check_arguments const& a) {
  auto const traffic = io::read_report(a.report);
  io::budget_file const budget(a.budget);
  return tell(io::check_report(traffic, budget, wording_of(a.format)));
}

exit_status run_diff(diff_arguments const& a) {
  std::optional<io::growth_limit> limit;
  if (a.limit) limit.emplace(*a.limit);
  auto const before = io::read_report(a.before), after = io::read_report(a.after);
  return tell(io::diff_reports(before, after, limit, wording_of(a.format)));
}

/// Prints one line to the standard error, which opens with the command.
exit_status complain(std::string const& command, std::string what) {
  std::replace(what.begin(), what.end(), '\n', ' ');
  std::fprintf(stderr, "%s: %s\n", command.c_str(), what.c_str());
  return bad_input;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Tells how many bytes a distributed program communicates.", "commfold");
  app.require_subcommand(1);
  app.set_version_flag("--version", "commfold " COMMFOLD_VERSION);
  app.footer(std::string("commfold COMMAND --help says more of each.\n\n") + exit_statuses);
  plan_arguments plan_given;
  check_arguments check_given;
  diff_arguments diff_given;
  CLI::App const* const plan = add_plan(app, plan_given);
  CLI::App const* const check = add_check(app, check_given);
  add_diff(app, diff_given);

  std::string command = "commfold";
  try {
    try {
      app.parse(argc, argv);
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
    if (check->parsed()) return run_check(check_given);
    return run_diff(diff_given);
  } catch (std::exception const& error) {
    return complain(command, error.what());
  }
}
