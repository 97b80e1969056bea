// SPDX-License-Identifier: BSL-1.0
#include <commfold/collective/c10d_functional.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <list>
#include <vector>

namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using cf::dyn;
using cf::even_split;

namespace {
constexpr cf::process_group<"g", 4> g;
cf::process_group<"g"> const any_g{4};
int volatile nine = 9;
}  // namespace

TEST_CASE("what is scattered is divided evenly or refused", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  CHECK_THROWS_AS(fun::reduce_scatter_tensor(x, cf::sum, g.size, g), cf::invalid_argument);
  CHECK_THROWS_WITH(fun::reduce_scatter_tensor(x, cf::sum, g.size, g),
                    "commfold::reduce_scatter_tensor: dimension 0 of the input (9) is not divisible by the group's size (4); pad it");
  CHECK_THROWS_WITH(fun::all_to_all_single(x, even_split, even_split, any_g),
                    "commfold::all_to_all_single: dimension 0 of the input (9) is not divisible by the group's size (4); pad it");
  // A static dimension and a group that is not, and the other way round.
  CHECK_THROWS_AS(fun::reduce_scatter_tensor(cf::tensor<cf::f32, 9>{}, cf::sum, any_g.size, any_g), cf::invalid_argument);
  CHECK_THROWS_AS(fun::reduce_scatter_tensor_coalesced(std::vector{x}, cf::sum, g.size, g), cf::invalid_argument);
  CHECK_THROWS_AS(fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::f32, {9}), cf::sum, g.size, g), cf::invalid_argument);
  CHECK_THROWS_WITH(fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::f32, {}), cf::sum, g.size, g),
                    "commfold::reduce_scatter_tensor: a tensor without dimensions has no dimension 0 to divide");
  CHECK(fun::reduce_scatter_tensor(cf::tensor<cf::f32, dyn>{int{nine} - 1}, cf::sum, g.size, g).extent(0) == 2);
}

TEST_CASE("split sizes are one a rank and add up", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  std::vector<int> const in{1, 2, 3, 3};
  std::list<std::size_t> const out{4, 0, 0, 1};
  CHECK(fun::all_to_all_single(x, out, in, any_g) == cf::tensor<cf::f32, dyn, 2>{5});

  auto const refused = [&](auto const& received, auto const& sent) { return fun::all_to_all_single(x, received, sent, g); };
  CHECK_THROWS_AS(refused(in, std::vector{1, 2, 6}), cf::invalid_argument);
  CHECK_THROWS_WITH(refused(in, std::vector{1, 2, 6}), "commfold::all_to_all_single: input_split_sizes has 3 sizes for a group of 4");
  CHECK_THROWS_WITH(refused(std::vector{1, 2, 3, 3, 0}, in),
                    "commfold::all_to_all_single: output_split_sizes has 5 sizes for a group of 4");
  CHECK_THROWS_WITH(refused(in, std::array{1, 2, 3, 4}),
                    "commfold::all_to_all_single: input_split_sizes add up to 10, dimension 0 of the input is 9");
  CHECK_THROWS_WITH(refused(in, std::array{10, -1, 0, 0}), "commfold::all_to_all_single: -1 is negative; a size never is");
  CHECK_THROWS_WITH(refused(std::array{10, -1, 0, 0}, in), "commfold::all_to_all_single: -1 is negative; a size never is");
  CHECK_THROWS_AS(refused(std::array<std::size_t, 4>{std::size_t{1} << 63, std::size_t{1} << 63, 0, 0}, in), cf::overflow_error);
  CHECK_THROWS_WITH(fun::all_to_all_single(cf::dynamic_tensor(cf::f32, {}), in, in, g),
                    "commfold::all_to_all_single: a tensor without dimensions has no dimension 0 to divide");
}

TEST_CASE("a root is a rank of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(fun::broadcast(x, int{nine} - 6, g) == x);
  CHECK_THROWS_AS(fun::broadcast(x, int{nine}, g), cf::invalid_argument);
  CHECK_THROWS_WITH(fun::broadcast(x, int{nine}, g), "commfold::broadcast: src 9 is not a rank of group 'g', which has 4");
  CHECK_THROWS_WITH(fun::broadcast(x, 4, any_g), "commfold::broadcast: src 4 is not a rank of group 'g', which has 4");
  CHECK_THROWS_WITH(fun::broadcast(x, cf::size_c<4>, any_g), "commfold::broadcast: src 4 is not a rank of group 'g', which has 4");
  CHECK_THROWS_WITH(fun::broadcast(x, -1, g), "commfold::broadcast: -1 is negative; a size never is");
}

TEST_CASE("what is gathered may not fit", "[collective]") {
  std::size_t volatile half = std::size_t{1} << 63;
  CHECK_THROWS_AS(fun::all_gather_into_tensor(cf::tensor<cf::u8, dyn>{std::size_t{half}}, g.size, g), cf::overflow_error);
  CHECK_THROWS_AS(fun::all_gather_into_tensor(cf::dynamic_tensor(cf::u8, {half}), g.size, g), cf::overflow_error);
}
