// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/nearest_names.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using commfold::detail::nearest_names;

TEST_CASE("the nearest names are joined as a sentence offers them", "[text]") {
  std::vector<std::string> const colours{"red", "green", "blue", "grey", "gray"};
  CHECK(nearest_names("grei", colours).joined() == "grey, red or green");
  CHECK(nearest_names("grei", std::vector<std::string_view>{"grey", "red"}).joined() == "grey or red");
  CHECK(nearest_names("grei", std::vector<std::string_view>{"grey"}).joined() == "grey");
  CHECK(nearest_names("grei").joined().empty());
}

TEST_CASE("a name of any length has nearest names", "[text]") {
  CHECK(nearest_names(std::string(100'000, 'x'), std::vector<std::string_view>{"a", "b"}).joined() == "a or b");
}
