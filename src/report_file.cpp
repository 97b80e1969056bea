// SPDX-License-Identifier: BSL-1.0
#include <src/report_file.hpp>

#include <src/json_file.hpp>

#include <commfold/op/call_summary.hpp>
#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/report/logged_call.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tensor/dtype_name.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/path_log.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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
    value.refuse(reason_of(error));
  }
}

std::optional<dtype> dtype_of(json_value const& value) {
  if (value.is_null()) return {};
  std::string const& name = value.text();
  return or_refuse(value, [&] { return dtype_from_name(name); });
}

std::size_t positive(json_value const& value) {
  std::size_t const n = value.unsigned_integer();
  if (n == 0) value.refuse("'" + std::string(value.key()) + "' must be positive, and is 0");
  return n;
}

/// Numbers that records are views of, as long as they are read.
using kept_numbers = std::deque<std::vector<std::size_t>>;

std::size_t rank_of(json_value const& value, std::size_t ranks) {
  std::size_t const n = value.unsigned_integer();
  if (n >= ranks) value.refuse("'" + std::string(value.key()) + "' is " + std::to_string(n) + " in a group of " + std::to_string(ranks));
  return n;
}

bytes_by_rank numbers_of(json_value const* value, kept_numbers& kept) {
  if (value == nullptr) return {};
  auto& numbers = kept.emplace_back();
  for (json_value const& one : value->elements()) numbers.push_back(one.unsigned_integer());
  return {numbers.data(), numbers.size()};
}

bytes_by_rank parts_by_rank_of(json_value const* value, std::size_t ranks, kept_numbers& kept) {
  bytes_by_rank const parts = numbers_of(value, kept);
  if (value == nullptr) return parts;
  std::string const key = "'" + std::string(value->key()) + "'";
  if (parts.size() != ranks)
    value->refuse(key + " has " + std::to_string(parts.size()) + " numbers in a group of " + std::to_string(ranks));
  if (commfold::detail::if_uneven(parts).empty()) value->refuse(key + " are equal: they are not given then");
  return parts;
}

parts_view parts_of(json_value const& line, std::size_t ranks, kept_numbers& kept) {
  json_value const* const were_kept = line.find("parts_kept");
  parts_view parts;
  parts.were_kept = were_kept == nullptr || were_kept->boolean();
  parts.input = parts_by_rank_of(line.find("input_parts"), ranks, kept);
  parts.output = parts_by_rank_of(line.find("output_parts"), ranks, kept);
  json_value const* const tensors = line.find("tensor_parts");
  parts.tensors = numbers_of(tensors, kept);
  if (tensors != nullptr && !(parts.input.empty() && parts.output.empty()))
    tensors->refuse("a call has parts by rank or by tensor, not both");
  if (tensors != nullptr && parts.tensors.size() < 2) tensors->refuse("'tensor_parts' are of two tensors and more");
  if (!parts.were_kept && !parts.are_empty()) were_kept->refuse("'parts_kept' is false, and parts are given");
  return parts;
}

/// The call of a row or of a log.
call_record call_of(json_value const& line, kept_numbers& kept) {
  std::string const& name = line.required("operator").text();
  std::string const& group = line.required("group").text();
  std::string const& phase = line.required("phase").text();
  auto const op = or_refuse(line.required("operator"), [&] { return find_op(name); });
  std::size_t const group_size = positive(line.required("group_size"));
  call_bytes const bytes{line.required("input_bytes").unsigned_integer(), line.required("output_bytes").unsigned_integer(),
                         line.required("message_bytes").unsigned_integer()};
  auto const type = dtype_of(line.required("dtype"));
  call_summary call = call_record(op, group, group_size, phase, type, bytes).summary();
  if (json_value const* const root = line.find("root")) call.root = rank_of(*root, group_size);
  if (json_value const* const peer = line.find("peer")) {
    if (call.root) peer->refuse("a call has a root or a peer, not both");
    call.peer = rank_of(*peer, group_size);
  }
  if (json_value const* const several = line.find("several")) call.several = several->boolean();
  return call_record(call, phase, parts_of(line, group_size, kept));
}

/// What makes calls one row, as a key of a map: call records themselves have no order.
auto key_of(call_record const& call) {
  traffic_totals const bytes = commfold::detail::totals_of_call(call);
  auto const copied = [](bytes_by_rank parts) { return std::vector<std::size_t>(parts.begin(), parts.end()); };
  parts_view const parts = call.all_parts();
  return std::tuple(std::string(call.op()), std::string(call.group()), call.group_size(), std::string(call.phase()), call.dtype(),
                    bytes.input_bytes, bytes.output_bytes, bytes.message_bytes, call.root(), call.peer(), call.several(), parts.were_kept,
                    copied(parts.input), copied(parts.output), copied(parts.tensors));
}

using kind_of_call = decltype(key_of(std::declval<call_record const&>()));

std::vector<ledger_row> rows_of(json_value const& rows, kept_numbers& kept) {
  std::vector<ledger_row> read;
  std::map<kind_of_call, std::size_t> first;
  for (json_value const& row : rows.elements()) {
    row.refuse_unknown_keys({"operator", "group", "group_size", "phase", "dtype", "calls", "input_bytes", "output_bytes", "message_bytes",
                             "root", "peer", "several", "parts_kept", "input_parts", "output_parts", "tensor_parts"});
    call_record const call = call_of(row, kept);
    auto const [same, is_new] = first.emplace(key_of(call), read.size());
    if (!is_new) row.refuse("rows[" + std::to_string(read.size()) + "] is of the same calls as rows[" + std::to_string(same->second) + "]");
    read.emplace_back(call, positive(row.required("calls")));
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

/// The calls in their order. Their sums are those that the file states, and each row has as many of them as it says.
path_log log_of(json_value const& calls, json_value const& totals, json_value const& rows, ledger<dyn> const& traffic) {
  path_log log;
  traffic_totals sum;
  std::map<kind_of_call, std::size_t> counts;
  for (json_value const& line : calls.elements()) {
    line.refuse_unknown_keys({"operator", "group", "group_size", "phase", "dtype", "path", "input_bytes", "output_bytes", "message_bytes",
                              "root", "peer", "several", "parts_kept", "input_parts", "output_parts", "tensor_parts"});
    kept_numbers kept;
    call_record const call = call_of(line, kept);
    json_value const* const path = line.find("path");
    log.add({call, path != nullptr ? std::string_view(path->text()) : std::string_view()}, 1);
    sum = or_refuse(line, [&] { return sum + commfold::detail::totals_of_call(call); });
    ++counts[key_of(call)];
  }
  expect_totals(totals, sum, "the calls");
  for (std::size_t i = 0; i != traffic.rows().size(); ++i) {
    auto const row = traffic.rows()[i];
    std::size_t const listed = counts[key_of(row.call())];
    if (listed != row.calls())
      rows.elements()[i].refuse("rows[" + std::to_string(i) + "] is of " + std::to_string(row.calls()) + " calls, and 'calls' lists " +
                                std::to_string(listed) + " of them");
  }
  return log;
}

report_contents contents_of(json_file const& file) {
  json_value const& root = file.root();
  json_value const& version = root.required("commfold_report");
  if (version.unsigned_integer() != 1)
    version.refuse("is a report of version " + std::to_string(version.unsigned_integer()) + "; known is version 1");
  root.refuse_unknown_keys({"commfold_report", "totals", "rows", "calls"});
  json_value const& totals = root.required("totals");
  totals.refuse_unknown_keys({"calls", "input_bytes", "output_bytes", "message_bytes"});

  json_value const& rows = root.required("rows");
  kept_numbers kept;
  report_contents read{ledger<dyn>{std::span<ledger_row const>(rows_of(rows, kept))}, {}};
  expect_totals(totals, or_refuse(rows, [&] { return read.traffic.total(); }), "the rows");
  if (json_value const* const calls = root.find("calls")) read.calls = log_of(*calls, totals, rows, read.traffic);
  return read;
}

}  // namespace

report_contents read_whole_report(std::string const& path) { return contents_of(json_file(path)); }

report_contents read_whole_report(std::string path, std::string_view text) { return contents_of(json_file(std::move(path), text)); }

ledger<dyn> read_report(std::string const& path) { return read_whole_report(path).traffic; }

ledger<dyn> read_report(std::string path, std::string_view text) { return read_whole_report(std::move(path), text).traffic; }

}  // namespace commfold::io
