// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/dynamic_group.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>
#include <string>

namespace cf = commfold;

TEST_CASE("a group that is read has a name and a size", "[collective]") {
  std::string const name = "dp_0";
  cf::dynamic_group const group(name, 8);
  CHECK(group.name() == "dp_0");
  CHECK(group.size == 8);
  CHECK(group == cf::dynamic_group("dp_0", cf::size_c<8>));
  CHECK_FALSE(group == cf::dynamic_group("dp_0", 4));
  CHECK_FALSE(group == cf::dynamic_group("dp_1", 8));
}

TEST_CASE("any other group converts to it", "[collective]") {
  cf::dynamic_group const known = cf::process_group<"tp", 4>{};
  CHECK(known == cf::dynamic_group("tp", 4));
  cf::dynamic_group const given = cf::process_group<"pp">{3};
  CHECK(given == cf::dynamic_group("pp", 3));
}

TEST_CASE("it has at least one rank", "[collective]") {
  CHECK(cf::dynamic_group("dp", 1).size == 1);
  CHECK_THROWS_AS(cf::dynamic_group("dp", 0), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::dynamic_group("dp", 0), "commfold::dynamic_group: group 'dp' has at least one rank, not 0");
  CHECK_THROWS_WITH(cf::dynamic_group("dp", -2), "commfold::dynamic_group: -2 is negative; a size never is");
}
