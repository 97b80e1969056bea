// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <list>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
using cf::sum;

namespace {

using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
using lists = std::vector<list>;
constexpr cf::process_group<"g", 4> g;
int volatile three = 3;

list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
// One float32 and one int32.
std::vector<cf::dynamic_tensor> const mixed{cf::dynamic_tensor(cf::f32, {2}), cf::dynamic_tensor(cf::i32, {2})};
std::vector<cf::dynamic_tensor> const ints{cf::dynamic_tensor(cf::i32, {2})};

}  // namespace

TEST_CASE("a group and lists that only the values tell", "[collective]") {
  cf::dynamic_group const ranks("a name from a file", int{three} + 1);
  CHECK(call::payload(c10d::allgather_, lists{of(4), of(4)}, of(2), ranks) == cf::call_bytes{16, 64, 64});
  CHECK(call::comm(c10d::alltoall_, std::list<any>{any{1}, any{2}, any{3}, any{4}}, of(4), ranks) == 40);
  CHECK(call::payload(c10d::gather_, lists{}, of(1), ranks, int{three}) == cf::call_bytes{8, 0, 32});
  CHECK(call::payload(c10d::scatter_, of(1), lists{list{any{1}, any{0}, any{2}, any{5}}}, ranks, 0) == cf::call_bytes{32, 8, 32});
  CHECK(call::sent_to(c10d::scatter_, of(1), lists{list{any{1}, any{0}, any{2}, any{5}}}, ranks, 0) ==
        std::vector<std::size_t>{4, 0, 8, 20});
}

TEST_CASE("a list has one tensor a rank", "[collective]") {
  CHECK(refusal([] { return c10d::allgather_(lists{of(three)}, of(1), g); }) ==
        "commfold::allgather_: output_tensors has 3 entries, for a group of 4");
  CHECK(refusal([] { return c10d::reduce_scatter_(of(1), lists{of(three)}, g, sum); }) ==
        "commfold::reduce_scatter_: input_tensors has 3 entries, for a group of 4");
  CHECK(refusal([] { return c10d::gather_(lists{of(5)}, of(1), g, 0); }) ==
        "commfold::gather_: output_tensors has 5 entries, for a group of 4");
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{of(0)}, g, 0); }) ==
        "commfold::scatter_: input_tensors has 0 entries, for a group of 4");
  CHECK(refusal([] { return c10d::alltoall_(of(three), of(4), g); }) ==
        "commfold::alltoall_: output_tensors has 3 entries, for a group of 4");
  CHECK(refusal([] { return c10d::alltoall_(of(4), of(three), g); }) ==
        "commfold::alltoall_: input_tensors has 3 entries, for a group of 4");
  // A static length, and a group whose size is not.
  CHECK(refusal([] { return c10d::alltoall_(std::array<any, 2>{}, std::array<any, 2>{}, cf::process_group<"g">{int{three}}); }) ==
        "commfold::alltoall_: output_tensors has 2 entries, for a group of 3");
}

TEST_CASE("as many lists on one side as tensors on the other", "[collective]") {
  CHECK(refusal([] { return c10d::allgather_(lists{of(4), of(4)}, of(three), g); }) ==
        "commfold::allgather_: output_tensors has 2 entries, for 3 on the other side");
  CHECK(refusal([] { return c10d::allgather_(lists{}, of(1), g); }) ==
        "commfold::allgather_: output_tensors has 0 entries, for 1 on the other side");
  CHECK(refusal([] { return c10d::reduce_scatter_(of(three), lists{of(4)}, g, sum); }) ==
        "commfold::reduce_scatter_: input_tensors has 1 entries, for 3 on the other side");
  CHECK(refusal([] { return c10d::gather_(lists{of(4), of(4)}, of(1), g, 0); }) ==
        "commfold::gather_: output_tensors has 2 entries, for 1 on the other side");
  CHECK(refusal([] { return c10d::scatter_(of(0), lists{of(4)}, g, 0); }) ==
        "commfold::scatter_: input_tensors has 1 entries, for 0 on the other side");
}

TEST_CASE("the tensors of one call have one dtype", "[collective]") {
  auto const words = [](char const* verb) { return std::string("commfold::") + verb + ": the tensors of one call have different dtypes"; };
  CHECK(refusal([] { return c10d::allreduce_(mixed, g, sum); }) == words("allreduce_"));
  CHECK(refusal([] { return c10d::broadcast_(mixed, g, 0); }) == words("broadcast_"));
  CHECK(refusal([] { return c10d::reduce_(mixed, g, sum, 0); }) == words("reduce_"));
  CHECK(refusal([] { return c10d::allgather_(lists{of(4)}, ints, g); }) == words("allgather_"));
  CHECK(refusal([] { return c10d::reduce_scatter_(ints, lists{of(4)}, g, sum); }) == words("reduce_scatter_"));
  CHECK(refusal([] { return c10d::gather_(lists{of(4)}, ints, g, 0); }) == words("gather_"));
  CHECK(refusal([] { return c10d::scatter_(ints, lists{of(4)}, g, 0); }) == words("scatter_"));
  CHECK(refusal([] { return c10d::alltoall_(of(2), mixed, cf::process_group<"pair", 2>{}); }) == words("alltoall_"));
}

TEST_CASE("the root of a call over lists is a rank of the group", "[collective]") {
  CHECK(refusal([] { return c10d::broadcast_(of(1), g, three + 1, 0); }) ==
        "commfold::broadcast_: root_rank 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([] { return c10d::reduce_(of(1), g, sum, three + 2, 0); }) ==
        "commfold::reduce_: root_rank 5 is not a rank of group 'g', which has 4");
  CHECK(refusal([] { return c10d::gather_(lists{}, of(1), g, three + 1); }) ==
        "commfold::gather_: root_rank 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{}, cf::process_group<"h">{2}, 2); }) ==
        "commfold::scatter_: root_rank 2 is not a rank of group 'h', which has 2");
  CHECK(refusal([] { return c10d::broadcast_(of(1), g, -three); }) == "commfold::broadcast_: -3 is negative; a size never is");
  CHECK(refusal([] { return c10d::reduce_(of(1), g, sum, -three); }) == "commfold::reduce_: -3 is negative; a size never is");
  CHECK(refusal([] { return c10d::gather_(lists{}, of(1), g, -three); }) == "commfold::gather_: -3 is negative; a size never is");
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{}, g, -three); }) == "commfold::scatter_: -3 is negative; a size never is");
}
