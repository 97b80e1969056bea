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
  for (json const& row : rows) {
    INFO(row.dump());
    if (row.contains("pre_dispatch_exec")) {
      // PyTorch refused the call before anybody could see its arguments, and the row does not have them: `out` was positional. Here it may
      // be, after the others; what the row tells is that there is such an argument, and that it is keyword-only.
      cf::dynamic_op const op = cf::find_op(row.at("op").get<std::string>());
      CHECK(op.parameters().back().keyword_only);
      ++refused_by_the_schema;
    } else {
      op_rows::measured_call const call(row, groups.at(row.at("world").get<std::size_t>()), tally);
      call.compare_result();
      if (!row.contains("exec")) {
        call.compare_group();
        call.compare_size();
        call.compare_work();
      }
    }
    tally.row();
  }
  tally.print("torch_ops.jsonl");
  std::cout << "  " << refused_by_the_schema << " rows were refused by PyTorch's schema for a positional `out`\n";
  CHECK(tally.rows() == rows.size());
}
