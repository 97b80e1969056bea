// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/reduce.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
using cf::sum;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
int volatile three = 3;
// One float32 and one int32.
std::vector<cf::dynamic_tensor> const mixed{cf::dynamic_tensor(cf::f32, {2}), cf::dynamic_tensor(cf::i32, {2})};
}  // namespace

TEST_CASE("reduce: the tensors of one call have one dtype", "[collective]") {
  CHECK(refusal([] { return c10d::reduce_(mixed, g, sum, 0); }) ==
        "commfold::c10d::reduce_: the tensors of one call have different dtypes");
}

TEST_CASE("reduce: the root is a rank of the group", "[collective]") {
  std::vector const one{any{2}};
  CHECK(refusal([&] { return c10d::reduce_(one, g, sum, three + 2, 0); }) ==
        "commfold::c10d::reduce_: root_rank 5 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return c10d::reduce_(one, g, sum, -three); }) == "commfold::c10d::reduce_: -3 is negative; a size never is");
}
