// SPDX-License-Identifier: BSL-1.0
#include <src/input_error.hpp>
#include <src/plan/search_report.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace io = commfold::io;
using Catch::Matchers::ContainsSubstring;
using io::axis;

namespace {

io::search_result two_meshes() {
  io::search_result found;
  found.tried = 3;
  found.refused = 1;
  found.why_refused = "tp: 3 ranks do not divide 8 heads";
  // Less than a microsecond, which rounded would be none.
  found.best.push_back({.mesh = {{axis::fsdp, 8}}, .between_nodes = 1024, .most_sent = 2048, .microseconds = 0.25, .memory = {1, 2, 3}});
  found.best.push_back(
      {.mesh = {{axis::pp, 2}, {axis::fsdp, 4}}, .between_nodes = 4096, .most_sent = 8192, .microseconds = {}, .memory = {4, 5, 6}});
  return found;
}

std::string report(std::string const& format) {
  io::search_options const with{
      .ranks = 8, .sequences = 16, .step = {.seq_len = 64}, .on = {.backend = "nccl", .machine = "h100-8nic", .gpus_per_node = "4"}};
  return io::search_report(two_meshes(), with, format, "a model");
}

}  // namespace

TEST_CASE("a search is written in four formats, and an unknown time is not 0", "[plan][search]") {
  CHECK(report("csv") ==
        "mesh,sent_between_nodes,most_sent_by_a_rank,microseconds,parameter_bytes,gradient_bytes,optimizer_bytes\n"
        "\"fsdp=8\",1024,2048,0.250,1,2,3\n\"pp=2,fsdp=4\",4096,8192,,4,5,6\n");
  CHECK(nlohmann::json::parse(report("json")) == nlohmann::json::parse(R"({"tried": 3, "refused": 1, "meshes": [
    {"mesh": "fsdp=8", "sent_between_nodes": 1024, "most_sent_by_a_rank": 2048, "microseconds": 0.25,
     "memory": {"parameters": 1, "gradients": 2, "optimizer": 3}},
    {"mesh": "pp=2,fsdp=4", "sent_between_nodes": 4096, "most_sent_by_a_rank": 8192, "microseconds": null,
     "memory": {"parameters": 4, "gradients": 5, "optimizer": 6}}]})"));
  CHECK_THAT(report("text"), ContainsSubstring("3 meshes tried, 1 of them refused, the first one: tp: 3 ranks do not divide 8 heads\n"));
  CHECK_THAT(report("text"), ContainsSubstring("0.250") && ContainsSubstring("-"));
  CHECK_THAT(report("markdown"), ContainsSubstring("| 0.250 |") && ContainsSubstring("| - |"));
  CHECK_THROWS_WITH(report("html"), "--search: its meshes are written in text, markdown, csv or json, not in html");
}
