// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/process_group.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

namespace cf = commfold;

TEST_CASE("a group has at least one rank", "[collective]") {
  int volatile ranks = 0;
  using dp = cf::process_group<"dp">;
  CHECK_THROWS_AS(dp{int{ranks}}, cf::invalid_argument);
  CHECK_THROWS_WITH(dp{int{ranks}}, "commfold::process_group: group 'dp' has at least one rank, not 0");
  CHECK_THROWS_WITH(dp{int{ranks} - 4}, "commfold::process_group: -4 is negative; a size never is");
  CHECK(dp{int{ranks} + 1}.size == 1);
}
