// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/c10d.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>

namespace cf = commfold;
using cf::dyn;
using cf::c10d::_allgather_base_;
using cf::c10d::_reduce_scatter_base_;

namespace {
constexpr cf::process_group<"g", 4> g;
int volatile eight = 8;
}  // namespace

TEST_CASE("a whole buffer is the group's size times the part", "[collective]") {
  cf::tensor<cf::f32, dyn> const part{int{eight}};
  cf::tensor<cf::f32, 32> const whole;
  CHECK(_allgather_base_(whole, part, g) == whole);
  CHECK(_reduce_scatter_base_(part, whole, g, cf::sum) == part);

  cf::dynamic_tensor const short_of_one(cf::f32, {31});
  CHECK_THROWS_AS(_allgather_base_(short_of_one, part, g), cf::invalid_argument);
  CHECK_THROWS_WITH(_allgather_base_(short_of_one, part, g), "commfold::_allgather_base_: 31 elements are not 4 times 8");
  CHECK_THROWS_WITH(_reduce_scatter_base_(part, short_of_one, g, cf::sum),
                    "commfold::_reduce_scatter_base_: 31 elements are not 4 times 8");
  // The output first: arguments in the other order are refused too.
  CHECK_THROWS_WITH(_allgather_base_(part, whole, g), "commfold::_allgather_base_: 8 elements are not 4 times 32");
  CHECK_THROWS_WITH(_reduce_scatter_base_(whole, part, g, cf::sum), "commfold::_reduce_scatter_base_: 8 elements are not 4 times 32");
  // 4 x 2^62 is 2^64, which would pass for 0.
  cf::tensor<cf::u8, dyn> const huge{std::size_t{1} << 62};
  CHECK_THROWS_AS(_allgather_base_(cf::tensor<cf::u8, dyn>{int{eight} - 8}, huge, g), cf::invalid_argument);
}

TEST_CASE("both buffers hold one dtype", "[collective]") {
  cf::dynamic_tensor const part(cf::bf16, {static_cast<std::size_t>(eight)});
  cf::tensor<cf::f32, 32> const whole;
  CHECK_THROWS_AS(_allgather_base_(whole, part, g), cf::invalid_argument);
  CHECK_THROWS_WITH(_allgather_base_(whole, part, g), "commfold::_allgather_base_: the output and the input have different dtypes");
  CHECK_THROWS_WITH(_reduce_scatter_base_(part, whole, g, cf::sum),
                    "commfold::_reduce_scatter_base_: the output and the input have different dtypes");
}

TEST_CASE("who sends and who receives are ranks of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK_THROWS_AS(cf::c10d::send(x, g, int{eight}), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::c10d::send(x, g, int{eight}), "commfold::send: dst 8 is not a rank of group 'g', which has 4");
  CHECK_THROWS_WITH(cf::c10d::recv_(x, cf::process_group<"h">{2}, 2), "commfold::recv_: src 2 is not a rank of group 'h', which has 2");
  CHECK_THROWS_WITH(cf::c10d::recv_(x, g, int{eight} - 9), "commfold::recv_: -1 is negative; a size never is");
  CHECK(cf::c10d::send(x, g, int{eight} - 5) == x);
}
