// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/table.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <list>
#include <vector>

namespace cf = commfold;
using cf::dyn;
using cf::c10d::_allgather_base_;
using cf::c10d::_reduce_scatter_base_;
using cf::c10d::alltoall_base_;
using cf::c10d::gather_into_tensor_;

namespace {
constexpr cf::process_group<"g", 4> g;
int volatile eight = 8;
}  // namespace

TEST_CASE("a whole buffer is the group's size times the part", "[collective]") {
  cf::tensor<cf::f32, dyn> const part{int{eight}};
  cf::tensor<cf::f32, 32> const whole;
  CHECK(std::get<0>(_allgather_base_(whole, part, g)) == whole);
  CHECK(std::get<0>(_reduce_scatter_base_(part, whole, g, cf::sum)) == part);

  cf::dynamic_tensor const short_of_one(cf::f32, {31});
  CHECK(refusal([&] { return _allgather_base_(short_of_one, part, g); }) == "commfold::_allgather_base_: 31 elements are not 4 times 8");
  CHECK(refusal([&] { return _reduce_scatter_base_(part, short_of_one, g, cf::sum); }) ==
        "commfold::_reduce_scatter_base_: 31 elements are not 4 times 8");
  CHECK(refusal([&] { return gather_into_tensor_(part, short_of_one, g, 0); }) ==
        "commfold::gather_into_tensor_: 31 elements are not 4 times 8");
  // The output first: arguments in the other order are refused too.
  CHECK(refusal([&] { return _allgather_base_(part, whole, g); }) == "commfold::_allgather_base_: 8 elements are not 4 times 32");
  CHECK(refusal([&] { return _reduce_scatter_base_(whole, part, g, cf::sum); }) ==
        "commfold::_reduce_scatter_base_: 8 elements are not 4 times 32");
  CHECK(refusal([&] { return gather_into_tensor_(whole, part, g, 0); }) == "commfold::gather_into_tensor_: 8 elements are not 4 times 32");
  // 4 x 2^62 is 2^64, which would pass for 0.
  cf::tensor<cf::u8, dyn> const huge{std::size_t{1} << 62};
  CHECK(refusal([&] { return _allgather_base_(cf::tensor<cf::u8, dyn>{int{eight} - 8}, huge, g); }) ==
        "commfold::_allgather_base_: 0 elements are not 4 times 4611686018427387904");
  // A rank that is not the root may hand over a buffer without elements.
  CHECK(gather_into_tensor_(part, cf::tensor<cf::f32, dyn>{int{eight} - 8}, g, 1).result().extent(0) == 0);
  CHECK(call::payload(gather_into_tensor_, part, cf::tensor<cf::f32, dyn>{int{eight} - 8}, g, 1) == cf::call_bytes{32, 0, 128});
}

TEST_CASE("both buffers hold one dtype", "[collective]") {
  cf::dynamic_tensor const part(cf::bf16, {static_cast<std::size_t>(eight)});
  cf::tensor<cf::f32, 32> const whole;
  CHECK(refusal([&] { return _allgather_base_(whole, part, g); }) ==
        "commfold::_allgather_base_: the tensors of one call have different dtypes");
  CHECK(refusal([&] { return _reduce_scatter_base_(part, whole, g, cf::sum); }) ==
        "commfold::_reduce_scatter_base_: the tensors of one call have different dtypes");
  CHECK(refusal([&] { return gather_into_tensor_(part, whole, g, 0); }) ==
        "commfold::gather_into_tensor_: the tensors of one call have different dtypes");
  CHECK(refusal([&] { return gather_into_tensor_(part, cf::tensor<cf::f32, 0>{}, g, 0); }) ==
        "commfold::gather_into_tensor_: the tensors of one call have different dtypes");
  CHECK(refusal([&] { return alltoall_base_(whole, part, g, cf::even_split, cf::even_split); }) ==
        "commfold::alltoall_base_: the tensors of one call have different dtypes");
}

TEST_CASE("an all-to-all is cut evenly, or by sizes that add up", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{eight}};
  cf::tensor<cf::f32, dyn, 2> const y{int{eight} + 1};
  std::vector<long> const sizes{1, 0, 4, 3};
  std::vector<long> const none;
  CHECK(alltoall_base_(y, x, g, std::list{9, 0, 0, 0}, none).result() == y);
  CHECK(call::sent_to(alltoall_base_, y, x, g, std::list{9, 0, 0, 0}, sizes) == std::vector<std::size_t>{8, 0, 32, 24});
  CHECK(call::received_from(alltoall_base_, x, x, g, none, sizes) == std::vector<std::size_t>{16, 16, 16, 16});

  auto const words = [](std::string const& why) { return "commfold::alltoall_base_: " + why; };
  CHECK(refusal([&] { return alltoall_base_(y, x, g, none, none); }) ==
        words("dimension 0 of the input (9) is not divisible by the group's size (4); pad it"));
  CHECK(refusal([&] { return alltoall_base_(x, y, g, none, cf::even_split); }) ==
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
}

TEST_CASE("who gathers is a rank of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(refusal([&] { return gather_into_tensor_(x, cf::tensor<cf::f32, 32>{}, g, int{eight}); }) ==
        "commfold::gather_into_tensor_: root_rank 8 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return gather_into_tensor_(x, cf::tensor<cf::f32, 32>{}, g, -1); }) ==
        "commfold::gather_into_tensor_: -1 is negative; a size never is");
}
