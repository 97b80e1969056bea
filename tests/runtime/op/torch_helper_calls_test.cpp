// SPDX-License-Identifier: BSL-1.0
// PyTorch's accessors called by hand with odd arguments: every row of torch_helper_calls.jsonl.
#include <tests/support/op_rows.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
using oracle::json;

TEST_CASE("accessors: odd arguments get PyTorch's answers, or a refusal where it fails", "[oracle]") {
  std::vector<json> const rows = oracle::rows("torch_helper_calls.jsonl");
  auto const groups = op_rows::groups_in(rows);
  op_rows::tally tally;
  std::size_t no_collective = 0;
  oracle::compare_each(rows, [&](json const& row) {
    tally.row();
    std::string const name = row.at("op");
    if (name.find("c10d") == std::string::npos && name.find("_dtensor") == std::string::npos) {
      // An operator that is no collective: PyTorch's accessors do not know it, and here it cannot even be found.
      for (char const* const asked : {"pg", "comm", "work"}) CHECK(op_rows::raised(row.at(asked)));
      CHECK(op_rows::refusal_of([&] { (void)cf::find_op(name); }).starts_with("commfold::find_op: no operator is named '" + name + "'"));
      ++no_collective;
      return;
    }
    op_rows::measured_call const call(row, groups.begin()->second, tally);
    call.compare_group();
    call.compare_size();
    call.compare_work();
  });
  tally.print("torch_helper_calls.jsonl");
  std::cout << "  " << no_collective << " rows were of operators that are no collectives\n";
  CHECK(tally.rows() == rows.size());
  if (!oracle::reads_own("torch_helper_calls.jsonl")) return;
  CHECK(no_collective == 1);
  CHECK(tally.departures() == op_rows::tally::counts{{"group_is_not_boxed", 1},
                                                     {"group_that_upstream_forgot", 3},
                                                     {"size_of_another_argument", 1},
                                                     {"size_that_upstream_forgot", 3},
                                                     {"work_that_upstream_forgot", 2}});
}
