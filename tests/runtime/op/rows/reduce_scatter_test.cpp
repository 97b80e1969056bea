// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <string>
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
  std::string const uneven = ": dimension 0 of the input (9) is not divisible by the group's size (4); pad it";
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, cf::sum, g.size, g); }) == "commfold::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return fun::all_to_all_single(x, even_split, even_split, any_g); }) == "commfold::all_to_all_single" + uneven);
  // A static dimension and a group that is not, and the other way round.
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::tensor<cf::f32, 9>{}, cf::sum, any_g.size, any_g); }) ==
        "commfold::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return fun::all_to_all_single(cf::tensor<cf::f32, 9>{}, even_split, even_split, any_g); }) ==
        "commfold::all_to_all_single" + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_coalesced(std::vector{x}, cf::sum, g.size, g); }) ==
        "commfold::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return cf::c10d_functional_autograd::reduce_scatter_tensor(x, cf::sum, 4, g); }) ==
        "commfold::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::f32, {9}), cf::sum, g.size, g); }) ==
        "commfold::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::f32, {}), cf::sum, g.size, g); }) ==
        "commfold::reduce_scatter_tensor: a tensor without dimensions has no dimension 0 to divide");
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, cf::sum, nine - 9, g); }) ==
        "commfold::reduce_scatter_tensor: dimension 0 of the input (9) is not divisible by the group's size (0); pad it");
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, cf::sum, -nine, g); }) ==
        "commfold::reduce_scatter_tensor: -9 is negative; a size never is");
  CHECK(fun::reduce_scatter_tensor(cf::tensor<cf::f32, dyn>{int{nine} - 1}, cf::sum, g.size, g).extent(0) == 2);
}

TEST_CASE("split sizes are one a rank and add up", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  std::vector<int> const in{1, 2, 3, 3};
  std::list<std::size_t> const out{4, 0, 0, 1};
  CHECK(fun::all_to_all_single(x, out, in, any_g) == cf::tensor<cf::f32, dyn, 2>{5});

  auto const refused = [&](auto const& received, auto const& sent) {
    return refusal([&] { return fun::all_to_all_single(x, received, sent, any_g); });
  };
  auto const words = [](std::string const& why) { return "commfold::all_to_all_single: " + why; };
  CHECK(refused(in, std::vector{1, 2, 6}) == words("input_split_sizes has 3 sizes for a group of 4"));
  CHECK(refused(std::vector{1, 2, 3, 3, 0}, in) == words("output_split_sizes has 5 sizes for a group of 4"));
  CHECK(refused(std::vector<int>{}, std::vector<int>{}) == words("input_split_sizes has 0 sizes for a group of 4"));
  CHECK(refused(in, std::array{1, 2, 3, 4}) == words("input_split_sizes add up to 10, dimension 0 is 9"));
  CHECK(refused(in, std::array{10, -1, 0, 0}) == words("-1 is negative; a size never is"));
  CHECK(refused(std::array{10, -1, 0, 0}, in) == words("-1 is negative; a size never is"));
  CHECK(refusal<cf::overflow_error>([&] {
          return fun::all_to_all_single(x, std::array<std::size_t, 4>{std::size_t{1} << 63, std::size_t{1} << 63, 0, 0}, in, g);
        }) == words("9223372036854775808 + 9223372036854775808 does not fit std::size_t"));
  CHECK(refusal([&] { return fun::all_to_all_single(cf::dynamic_tensor(cf::f32, {}), in, in, g); }) ==
        words("a tensor without dimensions has no dimension 0 to divide"));
  CHECK(refusal([&] { return cf::c10d_functional_autograd::all_to_all_single(x, in, std::vector{1, 2, 6}, g); }) ==
        words("input_split_sizes has 3 sizes for a group of 4"));
}

TEST_CASE("a root is a rank of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(fun::broadcast(x, int{nine} - 6, g) == x);
  CHECK(refusal([&] { return fun::broadcast(x, int{nine}, g); }) == "commfold::broadcast: src 9 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return fun::broadcast(x, 4, any_g); }) == "commfold::broadcast: src 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return fun::broadcast(x, cf::size_c<4>, any_g); }) ==
        "commfold::broadcast: src 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return fun::broadcast(x, -1, g); }) == "commfold::broadcast: -1 is negative; a size never is");
}

TEST_CASE("what is gathered may not fit", "[collective]") {
  std::size_t volatile half = std::size_t{1} << 63;
  CHECK_THROWS_AS(fun::all_gather_into_tensor(cf::tensor<cf::u8, dyn>{std::size_t{half}}, g.size, g), cf::overflow_error);
  CHECK_THROWS_AS(fun::all_gather_into_tensor(cf::dynamic_tensor(cf::u8, {half}), g.size, g), cf::overflow_error);
  CHECK(refusal([&] { return fun::all_gather_into_tensor(cf::tensor<cf::u8, 4>{}, -nine, g); }) ==
        "commfold::all_gather_into_tensor: -9 is negative; a size never is");
}
