// SPDX-License-Identifier: BSL-1.0
// The command line tool: `commfold plan config.json`.
#include <tools/config.hpp>
#include <tools/plan.hpp>

#include <commfold/commfold.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>

namespace {

namespace cf = commfold;

struct plan_arguments {
  std::string file;
  std::size_t ranks = 8;
  std::string param_dtype, reduce_dtype;
  bool no_reshard = false;
  bool pad = false;
  bool calls = false;
};

void add_plan(CLI::App& app, plan_arguments& a) {
  CLI::App* const plan = app.add_subcommand("plan", "What one training step of a transformer communicates under FSDP2, per rank");
  plan->add_option("config", a.file, "A Hugging Face config.json of the Llama or Mixtral family")->required()->type_name("FILE");
  plan->add_option("--ranks", a.ranks, "Ranks that the parameters are sharded over")->check(CLI::PositiveNumber)->capture_default_str();
  plan->add_option("--param-dtype", a.param_dtype, "MixedPrecisionPolicy's param_dtype: what is gathered (default: the file's dtype)");
  plan->add_option("--reduce-dtype", a.reduce_dtype, "MixedPrecisionPolicy's reduce_dtype: what is reduced (default: the param dtype)");
  plan->add_flag("--no-reshard-after-forward", a.no_reshard, "Keep the gathered layers from the forward to the backward");
  plan->add_flag("--pad", a.pad, "Accept parameters that the ranks do not divide; FSDP2 pads them");
  plan->add_flag("--calls", a.calls, "Print every call, in order, before the totals");
}

/// The option as given, or what stands in for it.
cf::dtype dtype_or(char const* option, std::string const& given, cf::dtype otherwise) {
  if (given.empty()) return otherwise;
  try {
    return cf::dtype_from_name(given);
  } catch (cf::invalid_argument const& error) {
    throw tool::input_error(std::string(option) + ": " + error.what());
  }
}

/// The whole report, so that nothing is printed of one that cannot be finished.
std::string run_plan(plan_arguments const& a) {
  tool::config const config = tool::read_config(a.file);
  if (!config.dtype && a.param_dtype.empty()) throw tool::input_error(a.file + ": key 'torch_dtype' is missing; give it, or --param-dtype");

  tool::plan_options options{.ranks = a.ranks, .pad = a.pad};
  options.fsdp.param_dtype = dtype_or("--param-dtype", a.param_dtype, config.dtype.value_or(cf::bf16));
  options.fsdp.reduce_dtype = dtype_or("--reduce-dtype", a.reduce_dtype, options.fsdp.param_dtype);
  options.fsdp.reshard_after_forward = !a.no_reshard;

  tool::plan plan;
  try {
    plan = tool::make_plan(config, options);
  } catch (cf::error const& error) {
    throw tool::input_error(a.file + ": " + error.what());
  }
  std::string text = a.file + "\n";
  text += "parameters  " + cf::group_digits(plan.parameters);
  if (plan.padding != 0) text += ", padded by " + cf::group_digits(plan.padding);
  text += "\nFSDP2 over " + cf::group_digits(a.ranks) + (a.ranks == 1 ? " rank" : " ranks") + ", gathered in " +
          std::string(cf::name(options.fsdp.param_dtype)) + ", reduced in " + std::string(cf::name(options.fsdp.reduce_dtype)) +
          (a.no_reshard ? ", not" : ",") + " resharded after the forward; per rank and step:\n\n";
  if (a.calls) text += cf::text_report(plan.calls) + "\n";
  return text + cf::text_report(plan.traffic);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Tells how many bytes a distributed program communicates.", "commfold");
  app.require_subcommand(1);
  plan_arguments plan;
  add_plan(app, plan);
  CLI11_PARSE(app, argc, argv);
  try {
    std::fputs(run_plan(plan).c_str(), stdout);
    return std::fflush(stdout) == 0 ? 0 : 1;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "commfold plan: %s\n", error.what());
    return 2;
  }
}
