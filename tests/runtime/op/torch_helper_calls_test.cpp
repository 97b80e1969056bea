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
  for (json const& row : rows) {
    INFO(row.dump());
    std::string const name = row.at("op");
    if (name.find("c10d") == std::string::npos && name.find("_dtensor") == std::string::npos) {
      // An operator that is no collective: PyTorch's accessors do not know it, and here it cannot even be found.
      CHECK(op_rows::raised(row.at("pg")));
      CHECK(op_rows::raised(row.at("comm")));
      CHECK(op_rows::raised(row.at("work")));
      CHECK(op_rows::refuses(op_rows::refusal_of([&] { (void)cf::find_op(name); })));
      ++no_collective;
    } else {
      op_rows::measured_call const call(row, groups.begin()->second, tally);
      call.compare_group();
      call.compare_size();
      call.compare_work();
    }
    tally.row();
  }
  tally.print("torch_helper_calls.jsonl");
  std::cout << "  " << no_collective << " rows were of operators that are no collectives\n";
  CHECK(tally.rows() == rows.size());
}
