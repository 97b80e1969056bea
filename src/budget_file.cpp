// SPDX-License-Identifier: BSL-1.0
#include <src/budget_file.hpp>

#include <commfold/error.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_name.hpp>

#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>

namespace commfold::io {

namespace {

/// A text that may be printed within a line: control characters are refused.
std::string_view line_of(json_value const& value) {
  std::string_view const text = value.text();
  for (char const c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) value.refuse("'" + std::string(value.key()) + "' holds a control character");
  return text;
}

template <class Lookup>
auto looked_up(json_value const& value, Lookup&& lookup) {
  try {
    return lookup(line_of(value));
  } catch (invalid_argument const& error) {
    value.refuse(reason_of(error));
  }
}

std::string quoted_key(json_value const& value) { return "'" + std::string(value.key()) + "'"; }

/// The range with the limits that the file gives. A limit that it does not give stays.
template <class Range>
Range limits_of(json_value const& value, Range range) {
  json_value const* const floor = value.find("at_least");
  json_value const* const ceiling = value.find("at_most");
  if (floor == nullptr && ceiling == nullptr) value.refuse(quoted_key(value) + " holds neither 'at_least' nor 'at_most'");
  if (floor != nullptr) range.at_least = floor->unsigned_integer();
  if (ceiling != nullptr) range.at_most = ceiling->unsigned_integer();
  if (range.at_least > range.at_most) {
    std::string const hint = floor == nullptr ? ": the floor is 1 unless it is given" : "";
    value.refuse("'" + std::string(value.key()) + "' holds no number: none is at least " + std::to_string(range.at_least) +
                 " and at most " + std::to_string(range.at_most) + hint);
  }
  return range;
}

template <class Range>
Range range_of(json_value const& value, Range range) {
  value.refuse_unknown_keys({"at_least", "at_most"});
  return limits_of(value, range);
}

/// A number of microseconds.
double time_of(json_value const& value) {
  std::string const text = value.number();
  double time = -1;
  auto const [end, why] = std::from_chars(text.data(), text.data() + text.size(), time);
  if (why != std::errc() || end != text.data() + text.size() || !std::isfinite(time) || time < 0)
    value.refuse(quoted_key(value) + " must be a number of microseconds from 0 on, and is " + value.spelled());
  return time;
}

time_range time_range_of(json_value const& value) {
  value.refuse_unknown_keys({"at_least", "at_most"});
  json_value const* const floor = value.find("at_least");
  json_value const* const ceiling = value.find("at_most");
  if (floor == nullptr && ceiling == nullptr) value.refuse(quoted_key(value) + " holds neither 'at_least' nor 'at_most'");
  time_range range;
  if (floor != nullptr) range.at_least = time_of(*floor);
  if (ceiling != nullptr) range.at_most = time_of(*ceiling);
  if (floor != nullptr && ceiling != nullptr && range.at_least > range.at_most)
    value.refuse("'microseconds' holds no number: none is at least " + floor->number() + " and at most " + ceiling->number());
  return range;
}

domain_range domain_range_of(json_value const& value) {
  value.refuse_unknown_keys({"domain", "at_least", "at_most"});
  domain_range range;
  if (json_value const* const domain = value.find("domain")) range.domain = line_of(*domain);
  return limits_of(value, range);
}

template <class Range>
Range range_under(json_value const& object, char const* key, Range otherwise) {
  json_value const* const value = object.find(key);
  return value == nullptr ? otherwise : range_of(*value, otherwise);
}

call_filter filter_of(json_value const& value) {
  value.refuse_unknown_keys({"operator", "group", "phase", "dtype", "message_size"});
  call_filter of;
  if (json_value const* const op = value.find("operator"))
    of.op = looked_up(*op, [](std::string_view name) { return find_op(name).name(); });
  if (json_value const* const group = value.find("group")) of.group = line_of(*group);
  if (json_value const* const phase = value.find("phase")) of.phase = line_of(*phase);
  if (json_value const* const dtype = value.find("dtype"))
    of.dtype = looked_up(*dtype, [](std::string_view name) { return dtype_from_name(name); });
  of.message_size = range_under(value, "message_size", byte_range{});
  return of;
}

template <class Range>
bool limits_nothing(Range const& range) {
  return range.at_least == 0 && range.at_most == dyn;
}

budget rule_of(json_value const& value) {
  value.refuse_unknown_keys({"name", "of", "message_bytes", "input_bytes", "output_bytes", "calls", "message_size", "sent_bytes",
                             "received_bytes", "between", "microseconds"});
  budget rule;
  if (json_value const* const of = value.find("of")) rule.of = filter_of(*of);
  rule.message_bytes = range_under(value, "message_bytes", rule.message_bytes);
  rule.input_bytes = range_under(value, "input_bytes", rule.input_bytes);
  rule.output_bytes = range_under(value, "output_bytes", rule.output_bytes);
  rule.calls = range_under(value, "calls", rule.calls);
  rule.message_size = range_under(value, "message_size", rule.message_size);
  rule.sent_bytes = range_under(value, "sent_bytes", rule.sent_bytes);
  rule.received_bytes = range_under(value, "received_bytes", rule.received_bytes);
  if (json_value const* const between = value.find("between")) rule.between = domain_range_of(*between);
  json_value const* const time = value.find("microseconds");
  if (time != nullptr) rule.microseconds = time_range_of(*time);
  bool const is_timed = rule.microseconds.at_least > 0 || rule.microseconds.at_most < time_range{}.at_most;
  if (limits_nothing(rule.message_bytes) && limits_nothing(rule.input_bytes) && limits_nothing(rule.output_bytes) &&
      limits_nothing(rule.calls) && limits_nothing(rule.message_size) && limits_nothing(rule.sent_bytes) &&
      limits_nothing(rule.received_bytes) && limits_nothing(rule.between) && !is_timed)
    value.refuse("the rule limits nothing: every report would keep it");
  return rule;
}

}  // namespace

budget_file::budget_file(std::string const& path) : budget_file(json_file(path)) {}

budget_file::budget_file(std::string path, std::string_view text) : budget_file(json_file(std::move(path), text)) {}

budget_file::budget_file(json_file&& file) : file_(std::move(file)) {
  json_value const& root = file_.root();
  json_value const& version = root.required("commfold_budget");
  if (version.unsigned_integer() != 1)
    version.refuse("'commfold_budget' is version " + std::to_string(version.unsigned_integer()) + ", and only version 1 is known");
  root.refuse_unknown_keys({"commfold_budget", "rules"});
  json_value const& rules = root.required("rules");
  if (rules.elements().empty()) rules.refuse("'rules' is empty: every report would keep this budget");
  for (json_value const& value : rules.elements()) {
    rules_.push_back(rule_of(value));
    json_value const* const name = value.find("name");
    names_.push_back(name != nullptr ? std::string(line_of(*name)) : "rule " + std::to_string(rules_.size()));
    if (names_.back().empty()) name->refuse("'name' is empty");
    for (char const* const key : {"sent_bytes", "received_bytes", "between", "microseconds"})
      if (json_value const* const range = value.find(key)) wire_ranges_.push_back(range);
  }
}

void budget_file::expect_known(wire_setup const* by) const {
  for (json_value const* const range : wire_ranges_) {
    if (by == nullptr) range->refuse_key(quoted_key(*range) + " is over the wire: give --backend and --mesh");
    if (range->key() == "microseconds" && by->library() != wire_library::nccl)
      range->refuse_key("'microseconds' are known of nccl, and the backend is " + std::string(by->library_name()));
    if (range->key() != "between") continue;
    json_value const* const domain = range->find("domain");
    std::string_view const name = domain != nullptr ? std::string_view(domain->text()) : domain_range{}.domain;
    wire::placement const& in = by->where().domains();
    bool is_there = false;
    for (std::size_t i = 0; i != in.size(); ++i) is_there = is_there || in[i].name == name;
    if (!is_there)
      (domain != nullptr ? *domain : *range).refuse("no ranks share a '" + shortened(name) + "': give --gpus-per-node or --domains");
  }
}

}  // namespace commfold::io
