// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/gather.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
using cf::dyn;
using cf::c10d::gather_into_tensor_;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
using lists = std::vector<list>;
int volatile three = 3;
list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
int volatile eight = 8;
std::vector<cf::dynamic_tensor> const ints{cf::dynamic_tensor(cf::i32, {2})};
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
}  // namespace

TEST_CASE("gather: a group and lists that only the values tell", "[collective]") {
  cf::dynamic_group const ranks("a name from a file", int{three} + 1);
  CHECK(call::payload(c10d::gather_, lists{}, of(1), ranks, int{three}) == cf::call_bytes{8, 0, 32});
}

TEST_CASE("gather: as many lists as inputs, of one tensor a rank and one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::gather_: " + why; };
  CHECK(refusal([] { return c10d::gather_(lists{of(5)}, of(1), g, 0); }) == words("output_tensors has 5 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::gather_(lists{of(4), of(4)}, of(1), g, 0); }) ==
        words("output_tensors has 2 entries, for 1 on the other side"));
  CHECK(refusal([] { return c10d::gather_(lists{of(4)}, ints, g, 0); }) == words("the tensors of one call have different dtypes"));
}

TEST_CASE("gather: the root is a rank of the group", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::gather_: " + why; };
  CHECK(refusal([] { return c10d::gather_(lists{}, of(1), g, three + 1); }) ==
        words("root_rank 4 is not a rank of group 'g', which has 4"));
  CHECK(refusal([] { return c10d::gather_(lists{}, of(1), g, -three); }) == words("-3 is negative; a size never is"));
}

TEST_CASE("gather: a whole buffer is the group's size times the part, of one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::gather_into_tensor_: " + why; };
  cf::tensor<cf::f32, dyn> const part{int{eight}};
  cf::tensor<cf::f32, 32> const whole;
  cf::dynamic_tensor const halves(cf::bf16, {static_cast<std::size_t>(eight)});
  CHECK(refusal([&] { return gather_into_tensor_(part, floats(31), g, 0); }) == words("31 elements are not 4 times 8"));
  // The input first: arguments in the other order are refused too.
  CHECK(refusal([&] { return gather_into_tensor_(whole, part, g, 0); }) == words("8 elements are not 4 times 32"));
  // A rank that is not the root may hand over a buffer without elements.
  CHECK(gather_into_tensor_(part, cf::tensor<cf::f32, dyn>{int{eight} - 8}, g, 1).result().extent(0) == 0);
  CHECK(call::payload(gather_into_tensor_, part, cf::tensor<cf::f32, dyn>{int{eight} - 8}, g, 1) == cf::call_bytes{32, 0, 128});
  CHECK(refusal([&] { return gather_into_tensor_(halves, whole, g, 0); }) == words("the tensors of one call have different dtypes"));
  CHECK(refusal([&] { return gather_into_tensor_(halves, cf::tensor<cf::f32, 0>{}, g, 0); }) ==
        words("the tensors of one call have different dtypes"));
  CHECK(refusal([&] { return gather_into_tensor_(cf::tensor<cf::f32, 8>{}, whole, g, int{eight}); }) ==
        words("root_rank 8 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return gather_into_tensor_(cf::tensor<cf::f32, 8>{}, whole, g, -1); }) == words("-1 is negative; a size never is"));
}
