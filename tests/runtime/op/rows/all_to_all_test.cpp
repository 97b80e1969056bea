// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_to_all.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using cf::dyn;
using cf::even_split;
using cf::c10d::alltoall_base_;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
int volatile three = 3;
list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
cf::process_group<"g"> const any_g{4};
int volatile eight = 8;
int volatile nine = 9;
// One float32 and one int32.
std::vector<cf::dynamic_tensor> const mixed{cf::dynamic_tensor(cf::f32, {2}), cf::dynamic_tensor(cf::i32, {2})};
}  // namespace

TEST_CASE("all_to_all: a group and lists that only the values tell", "[collective]") {
  cf::dynamic_group const ranks("a name from a file", int{three} + 1);
  CHECK(call::comm(c10d::alltoall_, std::list<any>{any{1}, any{2}, any{3}, any{4}}, of(4), ranks) == 40);
}

TEST_CASE("all_to_all: a list has one tensor a rank, and one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::alltoall_: " + why; };
  CHECK(refusal([] { return c10d::alltoall_(of(three), of(4), g); }) == words("output_tensors has 3 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::alltoall_(of(4), of(three), g); }) == words("input_tensors has 3 entries, for a group of 4"));
  // A static length, and a group whose size is not.
  CHECK(refusal([] { return c10d::alltoall_(std::array<any, 2>{}, std::array<any, 2>{}, cf::process_group<"g">{int{three}}); }) ==
        words("output_tensors has 2 entries, for a group of 3"));
  CHECK(refusal([] { return c10d::alltoall_(of(2), mixed, cf::process_group<"pair", 2>{}); }) ==
        words("the tensors of one call have different dtypes"));
}

TEST_CASE("all_to_all: buffers are cut evenly, or by sizes that add up", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{eight}};
  cf::tensor<cf::f32, dyn, 2> const y{int{eight} + 1};
  std::vector<long> const sizes{1, 0, 4, 3};
  std::vector<long> const none;
  CHECK(alltoall_base_(y, x, g, std::list{9, 0, 0, 0}, none).result() == y);
  CHECK(call::sent_to(alltoall_base_, y, x, g, std::list{9, 0, 0, 0}, sizes) == std::vector<std::size_t>{8, 0, 32, 24});
  CHECK(call::received_from(alltoall_base_, x, x, g, none, sizes) == std::vector<std::size_t>{16, 16, 16, 16});

  auto const words = [](std::string const& why) { return "commfold::c10d::alltoall_base_: " + why; };
  CHECK(refusal([&] { return alltoall_base_(y, x, g, none, none); }) ==
        words("dimension 0 of the input (9) is not divisible by the group's size (4); pad it"));
  CHECK(refusal([&] { return alltoall_base_(x, y, g, none, even_split); }) ==
        words("dimension 0 of the input (9) is not divisible by the group's size (4); pad it"));
  CHECK(refusal([&] { return alltoall_base_(y, x, g, sizes, sizes); }) == words("output_split_sizes add up to 8, dimension 0 is 9"));
  CHECK(refusal([&] { return alltoall_base_(x, y, g, sizes, sizes); }) == words("input_split_sizes add up to 8, dimension 0 is 9"));
  CHECK(refusal([&] { return alltoall_base_(x, x, g, std::vector{4, 4}, sizes); }) ==
        words("output_split_sizes has 2 sizes for a group of 4"));
  CHECK(refusal([&] { return alltoall_base_(x, x, g, sizes, std::vector{4, 4, 0, 0, 0}); }) ==
        words("input_split_sizes has 5 sizes for a group of 4"));
  CHECK(refusal([&] { return alltoall_base_(x, x, g, std::vector{9, -1, 0, 0}, sizes); }) == words("-1 is negative; a size never is"));
  CHECK(refusal([&] { return alltoall_base_(x, x, g, sizes, std::vector{9, 0, 0, -1}); }) == words("-1 is negative; a size never is"));
  cf::dynamic_tensor const scalar(cf::f32, {});
  CHECK(refusal([&] { return alltoall_base_(scalar, x, g, none, sizes); }) ==
        words("a tensor without dimensions has no dimension 0 to divide"));
  CHECK(refusal([&] { return alltoall_base_(x, scalar, g, none, sizes); }) ==
        words("a tensor without dimensions has no dimension 0 to divide"));
  cf::dynamic_tensor const part(cf::bf16, {static_cast<std::size_t>(eight)});
  CHECK(refusal([&] { return alltoall_base_(cf::tensor<cf::f32, 32>{}, part, g, even_split, even_split); }) ==
        words("the tensors of one call have different dtypes"));
}

TEST_CASE("all_to_all: split sizes are one a rank and add up", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  std::vector<int> const in{1, 2, 3, 3};
  std::list<std::size_t> const out{4, 0, 0, 1};
  CHECK(fun::all_to_all_single(x, out, in, any_g) == cf::tensor<cf::f32, dyn, 2>{5});

  auto const refused = [&](auto const& received, auto const& sent) {
    return refusal([&] { return fun::all_to_all_single(x, received, sent, any_g); });
  };
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::all_to_all_single: " + why; };
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
        "commfold::_c10d_functional_autograd::all_to_all_single: input_split_sizes has 3 sizes for a group of 4");
}

TEST_CASE("all_to_all: what is cut evenly is divided by the group or refused", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  std::string const uneven =
      "commfold::_c10d_functional::all_to_all_single: dimension 0 of the input (9) is not divisible by the group's size (4); pad it";
  CHECK(refusal([&] { return fun::all_to_all_single(x, even_split, even_split, any_g); }) == uneven);
  CHECK(refusal([&] { return fun::all_to_all_single(cf::tensor<cf::f32, 9>{}, even_split, even_split, any_g); }) == uneven);
}
