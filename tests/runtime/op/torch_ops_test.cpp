// SPDX-License-Identifier: BSL-1.0
// Every operator call of torch_ops.jsonl, through the run-time operators.
#include <tests/support/op_rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
using oracle::json;

TEST_CASE("operators: sizes, groups, works and results are PyTorch's", "[oracle]") {
  std::vector<json> const rows = oracle::rows("torch_ops.jsonl");
  auto const groups = op_rows::groups_in(rows);
  op_rows::tally tally;
  std::size_t refused_by_the_schema = 0;
  oracle::compare_each(rows, [&](json const& row) {
    tally.row();
    if (row.contains("pre_dispatch_exec")) {
      // PyTorch refused the call before anybody could see its arguments, and the row does not have them: `out` was positional. Here it may
      // be, after the others; what the row tells is that there is such an argument, and that it is keyword-only.
      cf::dynamic_op const op = cf::find_op(row.at("op").get<std::string>());
      CHECK(op.parameters().back().keyword_only);
      CHECK(row.at("pre_dispatch_exec").at("msg").get<std::string>().find("positional argument(s)") != std::string::npos);
      ++refused_by_the_schema;
      return;
    }
    op_rows::measured_call const call(row, groups.at(row.at("world").get<std::size_t>()), tally);
    call.compare_result();
    if (!row.contains("exec")) {
      call.compare_group();
      call.compare_size();
      call.compare_work();
    }
  });
  tally.print("torch_ops.jsonl");
  std::cout << "  " << refused_by_the_schema << " rows were refused by PyTorch's schema for a positional `out`\n";
  CHECK(tally.rows() == rows.size());
  if (!oracle::reads_own("torch_ops.jsonl")) return;
  CHECK(refused_by_the_schema == 6);
  CHECK(tally.departures() == op_rows::tally::counts{{"copy_between_shapes", 16},
                                                     {"empty_batch", 5},
                                                     {"empty_list", 10},
                                                     {"group_is_an_object", 56},
                                                     {"group_size", 4},
                                                     {"group_that_upstream_forgot", 52},
                                                     {"kernel_of_the_cpu", 56},
                                                     {"list_length", 2},
                                                     {"negative_dim", 3},
                                                     {"no_such_call_of_backend", 11},
                                                     {"no_such_reduction", 51},
                                                     {"nothing_to_send", 1},
                                                     {"scatter_of_no_list", 1},
                                                     {"shards_what_it_gathers", 1},
                                                     {"size_of_another_argument", 33},
                                                     {"size_that_upstream_forgot", 98},
                                                     {"splits", 16},
                                                     {"strides", 9},
                                                     {"uneven_dim_0", 12},
                                                     {"uneven_shard_dim", 5},
                                                     {"unknown_name", 12},
                                                     {"unknown_operation", 3},
                                                     {"whole_and_part", 1}});
}
