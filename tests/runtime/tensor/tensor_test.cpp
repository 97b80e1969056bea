// SPDX-License-Identifier: BSL-1.0
#include <commfold/error.hpp>
#include <commfold/tensor/dynamic_extents.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <catch2/catch_test_macros.hpp>

namespace cf = commfold;

TEST_CASE("shapes refuse what their type denies", "[tensor]") {
  int volatile rows = 5;
  CHECK_THROWS_AS((cf::tensor<cf::f32, 4, cf::dyn>{int{rows}, 3}), cf::invalid_argument);
  CHECK_NOTHROW((cf::tensor<cf::f32, 5, cf::dyn>{int{rows}, 3}));
  CHECK_THROWS_AS((cf::tensor<cf::f32, 4>(cf::tensor<cf::f32, cf::dyn>{int{rows}})), cf::invalid_argument);
  CHECK_THROWS_AS((cf::tensor<cf::f32, cf::dyn>{-int{rows}}), cf::invalid_argument);
  CHECK_THROWS_AS((cf::tensor<cf::f32, 4>{}.extent(static_cast<std::size_t>(rows))), cf::invalid_argument);
  CHECK_THROWS_AS((cf::dynamic_tensor(cf::u8, {-int{rows}})), cf::invalid_argument);
  CHECK_THROWS_AS(cf::dynamic_extents({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), cf::invalid_argument);
}
