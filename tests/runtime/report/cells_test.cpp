// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/cells.hpp>

#include <commfold/op/table.hpp>
#include <commfold/trace/call_record.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

TEST_CASE("a share is told to the nearest tenth of a percent", "[report]") {
  auto const share = [](std::size_t part, std::size_t whole) { return commfold::detail::share_of<std::string>(part, whole); };
  CHECK(share(0, 0) == "-");
  CHECK(share(0, 7) == "0.0 %");
  CHECK(share(1, 3) == "33.3 %");
  CHECK(share(2, 3) == "66.7 %");
  CHECK(share(1, 2000) == "0.1 %");  // 0.05 is rounded up
  CHECK(share(1, 2001) == "0.0 %");
  CHECK(share(7, 7) == "100.0 %");
  CHECK(share(~std::size_t{0}, ~std::size_t{0}) == "100.0 %");
  CHECK(share(~std::size_t{0} / 2, ~std::size_t{0}) == "50.0 %");
  // Ties, and one byte below, beyond the 53 bits of a double: a tie is rounded up.
  CHECK(share(500'000'000'000'000, 1'000'000'000'000'000'000) == "0.1 %");
  CHECK(share(499'999'999'999'999, 1'000'000'000'000'000'000) == "0.0 %");
  CHECK(share(12'345'000'000'000'000, 100'000'000'000'000'000) == "12.3 %");
  CHECK(share(12'350'000'000'000'000, 100'000'000'000'000'000) == "12.4 %");
  CHECK(share(12'349'999'999'999'999, 100'000'000'000'000'000) == "12.3 %");
}

TEST_CASE("the cells of a call", "[report]") {
  namespace cf = commfold;
  cf::call_record const call(cf::c10d::allreduce_, "dp", 8, "backward/layer", cf::bf16, {2, 2, 2});
  CHECK(cf::detail::group_cell<std::string>(call) == "dp (8)");
  CHECK(cf::detail::phase_cell<std::string>(call) == "backward/layer");
  CHECK(cf::detail::dtype_cell<std::string>(call) == "bfloat16");
  cf::call_record const named(cf::c10d::allreduce_, "g\n| a |", 8, "\x1b[2J\tx", cf::bf16, {2, 2, 2});
  CHECK(cf::detail::group_cell<std::string>(named) == "g\\n| a | (8)");
  CHECK(cf::detail::phase_cell<std::string>(named) == "\\x1b[2J\\tx");
  cf::call_record const bare(cf::c10d::barrier, "dp", 8, "", {}, {});
  CHECK(cf::detail::phase_cell<std::string>(bare) == "-");
  CHECK(cf::detail::dtype_cell<std::string>(bare) == "-");
}
