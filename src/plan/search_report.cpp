// SPDX-License-Identifier: BSL-1.0
#include <src/plan/search_report.hpp>

#include <src/input_error.hpp>
#include <src/microseconds.hpp>
#include <src/table.hpp>

#include <commfold/size/format.hpp>

#include <nlohmann/json.hpp>

namespace commfold::io {

namespace {

std::string words_of(search_result const& found, search_options const& with) {
  std::string words = std::string(name_of(with.step.by)) + " over " + group_digits(with.ranks) + " ranks, " + group_digits(with.sequences) +
                      " sequences of " + group_digits(with.step.seq_len.value_or(0)) + " tokens in a step; " + *with.on.backend +
                      (with.on.machine ? " on " + *with.on.machine : "") + "\n" + group_digits(found.tried) + " meshes tried, " +
                      group_digits(found.refused) + " of them refused";
  if (found.refused != 0) words += ", the first one: " + found.why_refused;
  return words + "\n";
}

std::string csv(search_result const& found) {
  std::string text = "mesh,sent_between_nodes,most_sent_by_a_rank,microseconds,parameter_bytes,gradient_bytes,optimizer_bytes\n";
  for (found_mesh const& one : found.best) {
    text += "\"" + one.mesh.text() + "\"," + std::to_string(one.between_nodes) + "," + std::to_string(one.most_sent) + ",";
    if (one.microseconds) text += microseconds_of(*one.microseconds);
    text += "," + std::to_string(one.memory.parameters) + "," + std::to_string(one.memory.gradients) + "," +
            std::to_string(one.memory.optimizer) + "\n";
  }
  return text;
}

std::string json(search_result const& found) {
  nlohmann::ordered_json meshes = nlohmann::ordered_json::array();
  for (found_mesh const& one : found.best)
    meshes.push_back(
        {{"mesh", one.mesh.text()},
         {"sent_between_nodes", one.between_nodes},
         {"most_sent_by_a_rank", one.most_sent},
         {"microseconds", one.microseconds ? nlohmann::ordered_json(*one.microseconds) : nullptr},
         {"memory", {{"parameters", one.memory.parameters}, {"gradients", one.memory.gradients}, {"optimizer", one.memory.optimizer}}}});
  return nlohmann::ordered_json{{"tried", found.tried}, {"refused", found.refused}, {"meshes", meshes}}.dump(2) + "\n";
}

}  // namespace

std::string search_report(search_result const& found, search_options const& with, std::string_view format, std::string_view title) {
  if (format == "csv") return csv(found);
  if (format == "json") return json(found);
  if (format != "text" && format != "markdown")
    throw input_error("--search: its meshes are written in text, markdown, csv or json, not in " + std::string(format));
  bool const markdown = format == "markdown";
  table lines(markdown, "lrrrrrr", {"mesh", "between nodes", "most sent by a rank", "us", "parameters", "gradients", "optimizer"});
  for (found_mesh const& one : found.best)
    lines.add({lines.name(one.mesh.text()), format_bytes(one.between_nodes), format_bytes(one.most_sent),
               one.microseconds ? microseconds_of(*one.microseconds) : "-", format_bytes(one.memory.parameters),
               format_bytes(one.memory.gradients), format_bytes(one.memory.optimizer)});
  return (markdown ? code(title) + ": " : std::string(title) + "\n") + words_of(found, with) + "\n" + lines.drawn();
}

}  // namespace commfold::io
