// SPDX-License-Identifier: BSL-1.0
#include <src/report_file.hpp>

#include <src/json_file.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/trace/call_record.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace commfold::io {

namespace {

/// What `make` returns. An error of the library is told as a refusal of the value, without the `commfold::verb: ` that it opens with.
template <class Make>
auto or_refuse(json_value const& value, Make&& make) {
  try {
    return make();
  } catch (error const& error) {
    std::string what = error.what();
    if (std::size_t const end = what.find(": "); what.starts_with("commfold::") && end != std::string::npos) what.erase(0, end + 2);
    value.refuse(what);
  }
}

std::optional<dtype> dtype_of(json_value const& value) {
  if (value.is_null()) return {};
  std::string const& name = value.text();
  return or_refuse(value, [&] { return dtype_from_name(name); });
}

/// The call of a row or of a log.
call_record call_of(json_value const& line) {
  std::string const& name = line.required("operator").text();
  std::string const& group = line.required("group").text();
  std::string const& phase = line.required("phase").text();
  auto const op = or_refuse(line.required("operator"), [&] { return find_op(name); });
  std::size_t const group_size = line.required("group_size").unsigned_integer();
  if (group_size == 0) line.required("group_size").refuse("'group_size' must be positive, and is 0");
  call_bytes const bytes{line.required("input_bytes").unsigned_integer(), line.required("output_bytes").unsigned_integer(),
                         line.required("message_bytes").unsigned_integer()};
  auto const type = dtype_of(line.required("dtype"));
  return call_record(op, group, group_size, phase, type, bytes);
}

/// What makes calls one row, as a key of a map: call records themselves have no order.
auto key_of(call_record const& call) {
  traffic_totals const bytes = commfold::detail::totals_of_call(call);
  return std::tuple(std::string(call.op()), std::string(call.group()), call.group_size(), std::string(call.phase()), call.dtype(),
                    bytes.input_bytes, bytes.output_bytes, bytes.message_bytes);
}

std::vector<ledger_row> rows_of(json_value const& rows) {
  std::vector<ledger_row> read;
  std::map<decltype(key_of(std::declval<call_record const&>())), std::size_t> first;
  for (json_value const& row : rows.elements()) {
    row.refuse_unknown_keys({"operator", "group", "group_size", "phase", "dtype", "calls", "input_bytes", "output_bytes", "message_bytes"});
    call_record const call = call_of(row);
    auto const [same, is_new] = first.emplace(key_of(call), read.size());
    if (!is_new) row.refuse("rows[" + std::to_string(read.size()) + "] is of the same calls as rows[" + std::to_string(same->second) + "]");
    read.emplace_back(call, row.required("calls").unsigned_integer());
  }
  return read;
}

/// Refuses totals in the file that differ from the sum of its rows or calls.
void expect_totals(json_value const& totals, traffic_totals const& sum, std::string const& of_what) {
  std::pair<char const*, std::size_t> const sums[] = {
      {"calls", sum.calls}, {"input_bytes", sum.input_bytes}, {"output_bytes", sum.output_bytes}, {"message_bytes", sum.message_bytes}};
  for (auto const& [key, made] : sums) {
    json_value const& stated = totals.required(key);
    if (stated.unsigned_integer() != made)
      stated.refuse("totals." + std::string(key) + " is " + std::to_string(stated.unsigned_integer()) + ", the sum of " + of_what + " is " +
                    std::to_string(made));
  }
}

traffic_totals sum_of_calls(json_value const& calls) {
  traffic_totals sum;
  for (json_value const& line : calls.elements()) {
    line.refuse_unknown_keys({"operator", "group", "group_size", "phase", "dtype", "path", "input_bytes", "output_bytes", "message_bytes"});
    call_record const call = call_of(line);
    if (json_value const* const path = line.find("path")) (void)path->text();
    sum = or_refuse(line, [&] { return sum + commfold::detail::totals_of_call(call); });
  }
  return sum;
}

ledger<dyn> ledger_of(json_file const& file) {
  json_value const& root = file.root();
  json_value const& version = root.required("commfold_report");
  if (version.unsigned_integer() != 1)
    version.refuse("is a report of version " + std::to_string(version.unsigned_integer()) + "; known is version 1");
  root.refuse_unknown_keys({"commfold_report", "totals", "rows", "calls"});
  json_value const& totals = root.required("totals");
  totals.refuse_unknown_keys({"calls", "input_bytes", "output_bytes", "message_bytes"});

  json_value const& rows = root.required("rows");
  ledger<dyn> const traffic{std::span<ledger_row const>(rows_of(rows))};
  expect_totals(totals, or_refuse(rows, [&] { return traffic.total(); }), "the rows");
  if (json_value const* const calls = root.find("calls")) expect_totals(totals, sum_of_calls(*calls), "the calls");
  return traffic;
}

}  // namespace

ledger<dyn> read_report(std::string const& path) { return ledger_of(json_file(path)); }

ledger<dyn> read_report(std::string path, std::string_view text) { return ledger_of(json_file(std::move(path), text)); }

}  // namespace commfold::io
