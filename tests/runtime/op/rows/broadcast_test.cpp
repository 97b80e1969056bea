// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>

namespace cf = commfold;
namespace fun = commfold::c10d_functional;
using cf::sum;

namespace {
constexpr cf::process_group<"g", 4> g;
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
}  // namespace

TEST_CASE("what is written to has room for the result, and its dtype", "[collective]") {
  CHECK(fun::all_gather_into_tensor_out(floats(8), 4, g, floats(32)) == floats(32));
  CHECK(fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, floats(2)) == floats(2));

  auto const gathered = [](std::string const& why) { return "commfold::all_gather_into_tensor_out: " + why; };
  CHECK(refusal([] { return fun::all_gather_into_tensor_out(floats(8), 4, g, floats(31)); }) ==
        gathered("out has 31 elements, the result 32"));
  CHECK(refusal([] { return fun::all_gather_into_tensor_out(floats(8), 4, g, cf::dynamic_tensor(cf::i32, {32})); }) ==
        gathered("the tensors of one call have different dtypes"));
  auto const scattered = [](std::string const& why) { return "commfold::reduce_scatter_tensor_out: " + why; };
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, floats(8)); }) ==
        scattered("out has 8 elements, the result 2"));
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, cf::dynamic_tensor(cf::bf16, {2})); }) ==
        scattered("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(9), sum, 4, g, floats(2)); }) ==
        "commfold::reduce_scatter_tensor: dimension 0 of the input (9) is not divisible by the group's size (4); pad it");
}

TEST_CASE("a root in place is a rank of the group", "[collective]") {
  CHECK(fun::broadcast_(floats(8), 3, g) == floats(8));
  CHECK(refusal([] { return fun::broadcast_(floats(8), 4, g); }) == "commfold::broadcast_: src 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([] { return fun::broadcast_(floats(8), -2, g); }) == "commfold::broadcast_: -2 is negative; a size never is");
}
