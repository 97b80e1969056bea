// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
using cf::sum;

namespace {
constexpr cf::process_group<"g", 4> g;
using list = std::vector<cf::dynamic_tensor>;
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
list const parts{floats(8), cf::dynamic_tensor(cf::bf16, {3})};
list const wholes{floats(32), cf::dynamic_tensor(cf::bf16, {12})};
}  // namespace

TEST_CASE("many calls in one, each with a dtype of its own", "[collective]") {
  CHECK(call::comm(c10d::allreduce_coalesced_, parts, g, sum) == 38);
  CHECK(call::payload(c10d::allgather_coalesced_, std::vector(4, parts), parts, g) == cf::call_bytes{38, 152, 152});
  CHECK(call::payload(c10d::allgather_into_tensor_coalesced_, wholes, parts, g) == cf::call_bytes{38, 152, 152});
  CHECK(call::payload(c10d::reduce_scatter_tensor_coalesced_, parts, wholes, g, sum) == cf::call_bytes{152, 38, 152});
}

TEST_CASE("coalesced calls check each of them", "[collective]") {
  auto const gathered = [](std::string const& why) { return "commfold::allgather_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(3, parts), parts, g); }) ==
        gathered("output_lists has 3 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(4, list{floats(8)}), parts, g); }) ==
        gathered("output_lists has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(4, list{floats(8), floats(3)}), parts, g); }) ==
        gathered("the tensors of one call have different dtypes"));

  auto const into_tensor = [](std::string const& why) { return "commfold::allgather_into_tensor_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(list{floats(32)}, parts, g); }) ==
        into_tensor("outputs has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(parts, parts, g); }) == into_tensor("8 elements are not 4 times 8"));
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(list{floats(32), floats(12)}, parts, g); }) ==
        into_tensor("the tensors of one call have different dtypes"));

  auto const scattered = [](std::string const& why) { return "commfold::reduce_scatter_tensor_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(parts, list{floats(32)}, g, sum); }) ==
        scattered("inputs has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(wholes, parts, g, sum); }) ==
        scattered("8 elements are not 4 times 32"));
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(list{floats(8), floats(3)}, wholes, g, sum); }) ==
        scattered("the tensors of one call have different dtypes"));
}
