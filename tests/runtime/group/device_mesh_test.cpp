// SPDX-License-Identifier: BSL-1.0
#include <commfold/group/device_mesh.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace cf = commfold;

TEST_CASE("a mesh of axes known at run time", "[collective]") {
  int volatile two = 2;
  cf::device_mesh const cube{cf::process_group<"pp", 2>{}, cf::process_group<"dp">{int{two}}, cf::process_group<"tp">{int{two}}};
  CHECK(cube.size == 8);
  CHECK(cube.coordinates(6) == std::array<std::size_t, 3>{1, 1, 0});
  CHECK(cube.rank_at({1, 0, 1}) == 5);
  CHECK(cube.ranks_of<"tp">(5) == std::vector<std::size_t>{4, 5});
  CHECK(cube.ranks_of<"dp">(5) == std::vector<std::size_t>{5, 7});
  CHECK(cube.ranks_of<"pp">(5) == std::vector<std::size_t>{1, 5});

  CHECK_THROWS_AS(cube.coordinates(8), cf::invalid_argument);
  CHECK_THROWS_WITH(cube.coordinates(8), "commfold::device_mesh: rank 8 is not below 8");
  CHECK_THROWS_WITH(cube.ranks_of<"dp">(9), "commfold::device_mesh: rank 9 is not below 8");
  CHECK_THROWS_WITH(cube.coordinates(-two), "commfold::device_mesh: -2 is negative; a size never is");
  CHECK_THROWS_WITH(cube.ranks_of<"dp">(-two), "commfold::device_mesh: -2 is negative; a size never is");
  CHECK_THROWS_WITH(cube.rank_at({0, 2, 1}), "commfold::device_mesh: coordinate 2 is not below 2");
}

TEST_CASE("a mesh of more ranks than there are numbers", "[collective]") {
  std::size_t volatile many = std::size_t{1} << 32;
  cf::process_group<"a"> const a{std::size_t{many}};
  cf::process_group<"b"> const b{std::size_t{many}};
  CHECK_THROWS_AS(cf::device_mesh(a, b), cf::overflow_error);
  CHECK_THROWS_WITH(cf::device_mesh(a, b), "commfold::device_mesh: the number of ranks does not fit std::size_t");
  CHECK(cf::device_mesh(a).size == std::size_t{1} << 32);
}
