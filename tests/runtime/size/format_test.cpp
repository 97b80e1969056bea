// SPDX-License-Identifier: BSL-1.0
#include <commfold/error.hpp>
#include <commfold/size/format.hpp>

#include <catch2/catch_test_macros.hpp>

namespace cf = commfold;

TEST_CASE("a size prints exactly and readably, constants as well as numbers", "[size]") {
  CHECK(cf::format_bytes(cf::size_c<141'107'412'992>) == "141 107 412 992 B (131.4 GiB)");
  CHECK(cf::format_bytes(std::size_t{512}) == "512 B");
  CHECK(cf::group_digits(1'048'576) == "1 048 576");
  CHECK(cf::group_digits(cf::size_c<7>) == "7");
  CHECK_THROWS_AS(cf::format_bytes(-1), cf::invalid_argument);
}
