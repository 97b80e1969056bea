// SPDX-License-Identifier: BSL-1.0
// What excuses an answer where PyTorch raises, and which refusals give one reason: nothing that is not listed.
#include <tests/support/each_row.hpp>
#include <tests/support/op_rows.hpp>
#include <tests/support/torch_errors.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using oracle::json;
using torch_errors::question;

namespace {

/// The name of the excuse; empty where there is none.
std::string_view excuse(question asked, std::string const& row, char const* exc, char const* message,
                        std::optional<std::size_t> ranks = std::nullopt) {
  json const held = json::parse(row);
  json const error = {{"exc", exc}, {"msg", message}};
  torch_errors::excuse const* const found = torch_errors::excuse_of({asked, held, error, ranks});
  return found == nullptr ? "" : found->name;
}

bool same(question asked, char const* op, char const* theirs, char const* ours) {
  json const row = {{"op", op}, {"mode", "meta"}, {"args", json::array()}};
  json const error = {{"exc", "RuntimeError"}, {"msg", theirs}};
  return torch_errors::same_reason({asked, row, error, std::nullopt}, ours);
}

std::string const group = R"({"pg": "0", "size": 4})";
std::string tensor(std::string const& sizes) {
  return R"({"dtype": "float32", "sizes": )" + sizes + R"(, "strides": [1], "offset": 0, "storage": 0, "nbytes": 16})";
}
std::string row(std::string const& op, std::string const& mode, std::string const& args) {
  return R"({"op": ")" + op + R"(.default", "mode": ")" + mode + R"(", "args": [)" + args + "]}";
}

}  // namespace

TEST_CASE("a group that PyTorch does not find is excused for listed operators and messages alone", "[oracle]") {
  auto const asked = [](char const* op, char const* exc, char const* message, std::string const& args) {
    return excuse(question::group, row(op, "meta", args), exc, message);
  };
  char const* const forgotten = "Func f not found in <collective_ops>";
  CHECK(asked("c10d::monitored_barrier_", "TypeError", forgotten, group) == "group_that_upstream_forgot");
  CHECK(asked("c10d::allreduce_", "TypeError", forgotten, group).empty());
  CHECK(asked("c10d::monitored_barrier_", "RuntimeError", forgotten, group).empty());
  CHECK(asked("c10d::monitored_barrier_", "TypeError", "another message", group).empty());

  char const* const object = "_resolve_process_group(): incompatible function arguments. The following ...\n    1. (group_name: str)";
  CHECK(asked("_c10d_functional::all_reduce", "TypeError", object, group) == "group_is_an_object");
  CHECK(asked("_c10d_functional::all_reduce", "TypeError", object, "\"0\"").empty());
  CHECK(asked("c10d::allreduce_", "TypeError", object, group).empty());
}

TEST_CASE("a failure of PyTorch's backend is excused for listed operators and messages alone", "[oracle]") {
  char const* const sizes = "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 2";
  std::string const differ = "[" + tensor("[2]") + ", " + tensor("[3]") + "]";
  std::string const alike = "[" + tensor("[2]") + ", " + tensor("[2]") + "]";
  auto const asked = [&](char const* op, char const* mode, std::string const& args) {
    return excuse(question::call, row(op, mode, args), "RuntimeError", sizes, 4);
  };
  CHECK(asked("c10d::alltoall_", "cpu", differ) == "copy_between_shapes");
  CHECK(asked("c10d::alltoall_", "meta", differ).empty());
  CHECK(asked("c10d::alltoall_", "cpu", alike).empty());
  CHECK(asked("c10d::allreduce_", "cpu", differ).empty());

  CHECK(excuse(question::call, row("c10d::allreduce_", "cpu", alike), "RuntimeError", "out of memory").empty());
  CHECK(excuse(question::call, row("c10d::barrier", "cpu", group), "RuntimeError",
               "Backend fake does not support monitoredBarrier, only GLOO supports monitored barrier.")
            .empty());
}

TEST_CASE("a refusal gives the reason that PyTorch gives", "[oracle]") {
  char const* const unresolved = "Could not resolve the process group registered under the name no(pe";
  CHECK(same(question::group, "c10d::send", unresolved, "commfold::x: argument 'group_name': no group is named 'no(pe'"));
  CHECK_FALSE(same(question::group, "c10d::send", unresolved, "commfold::x: argument 'group_name': no group is named 'dp'"));
  CHECK_FALSE(same(question::group, "c10d::send", unresolved, "commfold::x: argument 'group_name' is missing"));
  CHECK_FALSE(same(question::group, "c10d::send", "a message that nobody knows", "commfold::x: argument 'group_name' is missing"));
  CHECK(same(question::size, "c10d::send", "tuple index out of range", "commfold::x: argument 'tensors' is missing"));
  CHECK_FALSE(same(question::work, "c10d::send", "'NoneType' object is not subscriptable", "commfold::x: it returns no work"));
  CHECK(
      same(question::work, "_c10d_functional::isend.default", "'NoneType' object is not subscriptable", "commfold::x: it returns no work"));
}

TEST_CASE("a bad row hides no other", "[oracle]") {
  std::vector<json> const rows = {{{"id", 0}}, {{"id", 1}}, {{"id", 2}}, {{"id", 3}}};
  std::vector<int> seen;
  auto const visited = oracle::visit_rows(rows, [&](json const& one) {
    seen.push_back(one.at("id").get<int>());
    if (one.at("id") == 1) throw std::runtime_error("no such thing");
    if (one.at("id") == 2) throw 2;
  });
  CHECK(seen == std::vector{0, 1, 2, 3});
  CHECK(visited.rows == 4);
  CHECK(visited.ended == std::vector<std::string>{"no such thing, in {\"id\":1}", "the comparison ended early, in {\"id\":2}"});
}

TEST_CASE("a measured call is held against what its row says", "[oracle]") {
  // Calls that are right, and say so; the tests of the rows would fail where one of these did not hold.
  std::string const allreduce = R"({"op": "c10d::allreduce_.default", "mode": "meta", "world": 4, "args": [[)" + tensor("[4]") + "], " +
                                group + R"(, {"reduce_op": "sum"}, null, false], "res": {"tuple": [[)" + tensor("[4]") +
                                R"(], {"work": "FakeWork"}]}, "pg": )" + group + R"(, "comm": 16, "work": "FakeWork"})";
  std::vector<json> const rows = {json::parse(allreduce)};
  op_rows::tally tally;
  op_rows::measured_call const call(rows[0], op_rows::groups_in(rows).at(4), tally);
  call.compare_result();
  call.compare_group();
  call.compare_size();
  call.compare_work();
  CHECK(tally.departures().empty());
  CHECK(call.given_group() == commfold::dynamic_group("0", 4));
}
