// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/text_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

TEST_CASE("columns are as wide as their widest cell, and no line ends in spaces", "[report]") {
  commfold::detail::text_table<std::string> table;
  CHECK(table.aligned("lrl").empty());
  table.add({"name", "n", "unit"});
  table.add({"a", "100", ""});
  CHECK(table.size() == 2);
  CHECK(table.aligned("lrl") ==
        "name    n  unit\n"
        "a     100\n");
}
