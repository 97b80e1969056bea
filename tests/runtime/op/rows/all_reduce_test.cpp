// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_reduce.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
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

TEST_CASE("all_reduce: many calls in one have one dtype, too", "[collective]") {
  std::vector const parts{cf::dynamic_tensor(cf::f32, {8}), cf::dynamic_tensor(cf::f32, {3})};
  CHECK(call::comm(c10d::allreduce_coalesced_, parts, g, sum) == 44);
  std::string const why = ": the tensors of one call have different dtypes";
  CHECK(refusal([] { return c10d::allreduce_coalesced_(mixed, g, sum); }) == "commfold::c10d::allreduce_coalesced_" + why);
  CHECK(refusal([] { return fun::all_reduce_coalesced(mixed, sum, g); }) == "commfold::_c10d_functional::all_reduce_coalesced" + why);
  CHECK(refusal([] { return fun::all_reduce_coalesced_(mixed, sum, g); }) == "commfold::_c10d_functional::all_reduce_coalesced_" + why);
}

TEST_CASE("all_reduce: a reduction that the dtype does not have is refused, whoever asks", "[collective]") {
  cf::dynamic_tensor const complex(cf::c64, {4});
  auto const max = cf::reduce_op::max;
  std::string const why = ": complex64 has no reduction 'max'";
  CHECK(refusal([&] { return c10d::allreduce_(complex, g, max); }) == "commfold::c10d::allreduce_" + why);
  CHECK(refusal([&] { return c10d::allreduce_coalesced_(complex, g, max); }) == "commfold::c10d::allreduce_coalesced_" + why);
  CHECK(refusal([&] { return fun::all_reduce(complex, max, g); }) == "commfold::_c10d_functional::all_reduce" + why);
  CHECK(refusal([&] { return fun::all_reduce_(complex, max, g); }) == "commfold::_c10d_functional::all_reduce_" + why);
  CHECK(refusal([&] { return fun::all_reduce_coalesced(complex, max, g); }) == "commfold::_c10d_functional::all_reduce_coalesced" + why);
  CHECK(refusal([&] { return fun::all_reduce_coalesced_(complex, max, g); }) == "commfold::_c10d_functional::all_reduce_coalesced_" + why);
  CHECK(refusal([&] { return fun::all_reduce(cf::tensor<cf::bf16, 4>{}, cf::reduce_op::bxor, g); }) ==
        "commfold::_c10d_functional::all_reduce: bfloat16 has no reduction 'bxor'");
  CHECK(fun::all_reduce(complex, sum, g) == complex);
}
