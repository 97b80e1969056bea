// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/call_record.hpp>

#include <commfold/op/dynamic/dynamic_op.hpp>
#include <commfold/op/table.hpp>

#include <catch2/catch_test_macros.hpp>

namespace cf = commfold;

TEST_CASE("a record of an operator that was found by its name is that of the operator", "[trace]") {
  for (cf::dynamic_op const& op : cf::all_ops()) {
    cf::call_record const found(op, "dp", 4, "forward", cf::bf16, {1, 2, 3});
    CHECK(found.op() == op.name());
    CHECK(found.kind() == op.kind());
  }
  CHECK(cf::call_record(cf::find_op("c10d::barrier"), "dp", 4, "", {}, {}) == cf::call_record(cf::c10d::barrier, "dp", 4, "", {}, {}));
}
