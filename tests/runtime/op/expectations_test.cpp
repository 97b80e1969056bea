// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/expectations.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/refusal.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

namespace {
namespace cf = commfold;

struct call {
  COMMFOLD_OPERATOR("test");
};
}  // namespace

TEST_CASE("a member is below the size of its group", "[op]") {
  cf::dynamic_group const group("dp", 4);
  CHECK_NOTHROW(cf::detail::expect_member<call>("root", 3, group));
  CHECK_THROWS_WITH(cf::detail::expect_member<call>("root", 4, group), "commfold::test: root 4 is not a rank of group 'dp', which has 4");
  CHECK_THROWS_WITH(cf::detail::expect_member<call>("root", -1, group), "commfold::test: -1 is negative; a size never is");
}
