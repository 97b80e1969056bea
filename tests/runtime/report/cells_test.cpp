// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/share.hpp>

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
}
