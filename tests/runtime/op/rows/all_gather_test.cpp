// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/all_gather.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using cf::dyn;
using cf::c10d::_allgather_base_;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
using lists = std::vector<list>;
int volatile three = 3;
list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
int volatile eight = 8;
int volatile nine = 9;
std::vector<cf::dynamic_tensor> const ints{cf::dynamic_tensor(cf::i32, {2})};
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
using tensors = std::vector<cf::dynamic_tensor>;
tensors const parts{floats(8), floats(3)};
tensors const wholes{floats(32), floats(12)};
tensors const mixed_parts{floats(8), cf::dynamic_tensor(cf::bf16, {3})};
tensors const mixed_wholes{floats(32), cf::dynamic_tensor(cf::bf16, {12})};
}  // namespace

TEST_CASE("all_gather: a group and lists that only the values tell", "[collective]") {
  cf::dynamic_group const ranks("a name from a file", int{three} + 1);
  CHECK(call::payload(c10d::allgather_, lists{of(4), of(4)}, of(2), ranks) == cf::call_bytes{16, 64, 64});
}

TEST_CASE("all_gather: as many lists as inputs, of one tensor a rank and one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::allgather_: " + why; };
  CHECK(refusal([] { return c10d::allgather_(lists{of(three)}, of(1), g); }) == words("output_tensors has 3 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::allgather_(lists{of(4), of(4)}, of(three), g); }) ==
        words("output_tensors has 2 entries, for 3 on the other side"));
  CHECK(refusal([] { return c10d::allgather_(lists{}, of(1), g); }) == words("output_tensors has 0 entries, for 1 on the other side"));
  CHECK(refusal([] { return c10d::allgather_(lists{of(4)}, ints, g); }) == words("the tensors of one call have different dtypes"));
}

TEST_CASE("all_gather: a whole buffer is the group's size times the part, of one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::_allgather_base_: " + why; };
  cf::tensor<cf::f32, dyn> const part{int{eight}};
  cf::tensor<cf::f32, 32> const whole;
  CHECK(std::get<0>(_allgather_base_(whole, part, g)) == whole);
  CHECK(refusal([&] { return _allgather_base_(floats(31), part, g); }) == words("31 elements are not 4 times 8"));
  // The output first: arguments in the other order are refused too.
  CHECK(refusal([&] { return _allgather_base_(part, whole, g); }) == words("8 elements are not 4 times 32"));
  // 4 x 2^62 is 2^64, which would pass for 0.
  cf::tensor<cf::u8, dyn> const huge{std::size_t{1} << 62};
  CHECK(refusal([&] { return _allgather_base_(cf::tensor<cf::u8, dyn>{int{eight} - 8}, huge, g); }) ==
        words("0 elements are not 4 times 4611686018427387904"));
  CHECK(refusal([&] { return _allgather_base_(whole, cf::dynamic_tensor(cf::bf16, {static_cast<std::size_t>(eight)}), g); }) ==
        words("the tensors of one call have different dtypes"));
}

TEST_CASE("all_gather: many calls in one", "[collective]") {
  CHECK(call::payload(c10d::allgather_coalesced_, std::vector(4, parts), parts, g) == cf::call_bytes{44, 176, 176});
  CHECK(call::payload(c10d::allgather_into_tensor_coalesced_, wholes, parts, g) == cf::call_bytes{44, 176, 176});
}

TEST_CASE("all_gather: coalesced calls check each of them", "[collective]") {
  auto const gathered = [](std::string const& why) { return "commfold::c10d::allgather_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(3, parts), parts, g); }) ==
        gathered("output_lists has 3 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(4, tensors{floats(8)}), parts, g); }) ==
        gathered("output_lists has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(4, mixed_parts), parts, g); }) ==
        gathered("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return c10d::allgather_coalesced_(std::vector(4, mixed_parts), mixed_parts, g); }) ==
        gathered("the tensors of one call have different dtypes"));

  auto const into_tensor = [](std::string const& why) { return "commfold::c10d::allgather_into_tensor_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(tensors{floats(32)}, parts, g); }) ==
        into_tensor("outputs has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(parts, parts, g); }) == into_tensor("8 elements are not 4 times 8"));
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(wholes, mixed_parts, g); }) ==
        into_tensor("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return c10d::allgather_into_tensor_coalesced_(mixed_wholes, mixed_parts, g); }) ==
        into_tensor("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return fun::all_gather_into_tensor_coalesced(mixed_parts, 4, g); }) ==
        "commfold::_c10d_functional::all_gather_into_tensor_coalesced: the tensors of one call have different dtypes");
}

TEST_CASE("all_gather: the group's size is given twice, and is one number", "[collective]") {
  cf::process_group<"dp", 8> const dp;
  cf::dynamic_group const ranks("dp", 8);
  std::string const verb = "commfold::_c10d_functional::all_gather_into_tensor";
  std::string const why = ": group_size is 4, and group 'dp' has 8 ranks";
  CHECK(refusal([&] { return fun::all_gather_into_tensor(cf::tensor<cf::f32, 100>{}, int{three} + 1, dp); }) == verb + why);
  CHECK(refusal([&] { return fun::all_gather_into_tensor(floats(100), cf::size_c<4>, ranks); }) == verb + why);
  CHECK(refusal([&] { return fun::all_gather_into_tensor_out(floats(8), 4, ranks, floats(32)); }) == verb + "_out" + why);
  CHECK(refusal([&] { return fun::all_gather_into_tensor_coalesced(parts, 4, ranks); }) == verb + "_coalesced" + why);
  CHECK(refusal([&] { return cf::c10d_functional_autograd::all_gather_into_tensor(floats(8), 4, ranks); }) ==
        "commfold::_c10d_functional_autograd::all_gather_into_tensor" + why);
  CHECK(fun::all_gather_into_tensor(floats(100), 8u, ranks) == floats(800));
}

TEST_CASE("all_gather: parts of a packed dtype are whole bytes", "[collective]") {
  cf::dynamic_tensor const three_of(cf::dtype::quint4x2, {3});
  CHECK(refusal([&] { return fun::all_gather_into_tensor(three_of, 4, g); }) ==
        "commfold::_c10d_functional::all_gather_into_tensor: a part of quint4x2 that ends behind 3 elements would end within a byte, which "
        "2 of "
        "them share");
  CHECK(refusal([&] { return _allgather_base_(cf::dynamic_tensor(cf::dtype::quint4x2, {12}), three_of, g); }) ==
        "commfold::c10d::_allgather_base_: 4 times the 2 bytes of a part are not the 6 of the whole, whose dtype is packed");
}

TEST_CASE("all_gather: what is written to has room for the result, and its dtype", "[collective]") {
  CHECK(fun::all_gather_into_tensor_out(floats(8), 4, g, floats(32)) == floats(32));
  auto const gathered = [](std::string const& why) { return "commfold::_c10d_functional::all_gather_into_tensor_out: " + why; };
  CHECK(refusal([] { return fun::all_gather_into_tensor_out(floats(8), 4, g, floats(31)); }) ==
        gathered("out has 31 elements, the result 32"));
  CHECK(refusal([] { return fun::all_gather_into_tensor_out(floats(8), 4, g, cf::dynamic_tensor(cf::i32, {32})); }) ==
        gathered("the tensors of one call have different dtypes"));
}

TEST_CASE("all_gather: what is gathered may not fit", "[collective]") {
  std::size_t volatile half = std::size_t{1} << 63;
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::all_gather_into_tensor: " + why; };
  CHECK(refusal<cf::overflow_error>([&] { return fun::all_gather_into_tensor(cf::tensor<cf::u8, dyn>{std::size_t{half}}, g.size, g); }) ==
        words("9223372036854775808 * 4 does not fit std::size_t"));
  CHECK(refusal<cf::overflow_error>([&] { return fun::all_gather_into_tensor(cf::dynamic_tensor(cf::u8, {half}), g.size, g); }) ==
        words("9223372036854775808 * 4 does not fit std::size_t"));
  CHECK(refusal([&] { return fun::all_gather_into_tensor(cf::tensor<cf::u8, 4>{}, -nine, g); }) ==
        words("-9 is negative; a size never is"));
}
