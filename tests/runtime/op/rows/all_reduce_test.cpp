// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_reduce.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
using cf::sum;

namespace {
constexpr cf::process_group<"g", 4> g;
// One float32 and one int32.
std::vector<cf::dynamic_tensor> const mixed{cf::dynamic_tensor(cf::f32, {2}), cf::dynamic_tensor(cf::i32, {2})};
}  // namespace

TEST_CASE("all_reduce: the tensors of one call have one dtype", "[collective]") {
  CHECK(refusal([] { return c10d::allreduce_(mixed, g, sum); }) ==
        "commfold::c10d::allreduce_: the tensors of one call have different dtypes");
}

TEST_CASE("all_reduce: many calls in one, each with a dtype of its own", "[collective]") {
  std::vector const parts{cf::dynamic_tensor(cf::f32, {8}), cf::dynamic_tensor(cf::bf16, {3})};
  CHECK(call::comm(c10d::allreduce_coalesced_, parts, g, sum) == 38);
}
