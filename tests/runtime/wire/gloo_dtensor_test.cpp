// SPDX-License-Identifier: BSL-1.0
// The calls of DTensor's redistributions, through the operators and the recorder, against what each rank of a real mesh put on its sockets.
#include <commfold/wire/gloo/calls.hpp>

#include <tests/runtime/wire/gloo_traffic.hpp>
#include <tests/runtime/wire/recorded_calls.hpp>
#include <tests/support/each_row.hpp>
#include <tests/support/oracle.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>

#include <cstddef>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
namespace cf = commfold;
using oracle::json;
using wire_test::gloo_traffic;

/// The dimensions of a mesh are called a, b, c, from the outermost on; its ranks are in row-major order.
std::size_t dimension_of(std::string const& name) {
  if (name.size() != 1 || name[0] < 'a') throw std::runtime_error("no dimension of a mesh is called " + name);
  return static_cast<std::size_t>(name[0] - 'a');
}

std::size_t rank_along(std::vector<std::size_t> const& mesh, std::size_t dimension, std::size_t rank) {
  std::size_t stride = 1;
  for (std::size_t d = mesh.size(); --d != dimension;) stride *= mesh.at(d);
  return rank / stride % mesh.at(dimension);
}

/// The arguments of a functional operator as DTensor makes it: a tensor and a group, and what is between them.
cf::call_arguments arguments_of(std::string const& op, cf::dynamic_tensor const& input, std::size_t ranks) {
  cf::dynamic_group const group("mesh", ranks);
  auto const size = static_cast<std::int64_t>(ranks);
  if (op.starts_with("_c10d_functional::all_gather_into_tensor.")) return {.args = {input, size, group}};
  if (op.starts_with("_c10d_functional::all_reduce.")) return {.args = {input, "sum", group}};
  if (op.starts_with("_c10d_functional::reduce_scatter_tensor.")) return {.args = {input, "sum", size, group}};
  if (op.starts_with("_c10d_functional::broadcast.")) return {.args = {input, 0, group}};
  if (op.starts_with("_dtensor::shard_dim_alltoall.")) return {.args = {input, 0, 0, group}};
  throw std::runtime_error("no redistribution was known to call " + op);
}

}  // namespace

TEST_CASE("every call of the redistributions over gloo puts the measured bytes on the wire", "[wire][gloo][oracle]") {
  std::vector<json> const rows = oracle::rows("gloo_dtensor.jsonl");
  std::size_t calls = 0;
  std::size_t answers = 0;
  std::size_t compared = 0;
  oracle::compare_each(rows, [&](json const& row) {
    auto const mesh = row.at("mesh").get<std::vector<std::size_t>>();
    cf::dtype const type = cf::dtype_from_name(row.at("dtype").get<std::string>());
    CHECK(row.at("same_calls_on_all_ranks") == true);
    std::size_t const world = row.at("bytes").size();
    for (std::size_t rank = 0; rank != world; ++rank) {
      cf::wire::rank_traffic all;
      std::map<std::string, std::size_t> by_dimension;
      for (json const& call : row.at("calls")) {
        std::string const op = call.at("op").get<std::string>();
        std::string const name = call.at("mesh_dim").get<std::string>();
        std::size_t const dimension = dimension_of(name);
        std::size_t const ranks = mesh.at(dimension);
        json const& inputs = call.at("in_sizes").at(rank);
        REQUIRE(inputs.size() == 1);
        cf::call_log log;
        wire_test::record(log, op, arguments_of(op, {type, oracle::extents_of(inputs.at(0))}, ranks));
        REQUIRE(log.calls().size() == 1);
        std::size_t const own = rank_along(mesh, dimension, rank);
        gloo_traffic traffic(ranks, own);
        cf::gloo::schedules_of(log.calls()[0], own, [&](auto const& schedule) { traffic.add(schedule); });
        CHECK(traffic.schedules == 1);
        all.sent_bytes += traffic.all.sent_bytes;
        all.sent_messages += traffic.all.sent_messages;
        all.received_messages += traffic.all.received_messages;
        by_dimension[name] += traffic.socket_bytes();
        if (rank == 0) ++calls;
      }
      CHECK(cf::gloo::socket_bytes(all) == row.at("bytes").at(rank).get<std::size_t>());
      CHECK(all.sent_bytes == row.at("payload").at(rank).get<std::size_t>());
      CHECK(all.sent_messages == row.at("data_msgs").at(rank).get<std::size_t>());
      CHECK(all.received_messages == row.at("recv_msgs").at(rank).get<std::size_t>());
      for (auto const& [name, bytes] : row.at("bytes_by_mesh_dim").items()) CHECK(by_dimension[name] == bytes.at(rank).get<std::size_t>());
      ++answers;
    }
    ++compared;
  });
  std::cout << "gloo_dtensor.jsonl: compared " << compared << " rows of " << calls << " calls, " << answers << " numbers of ranks\n";
  CHECK(compared == rows.size());
}
