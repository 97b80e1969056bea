// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/reduce_scatter.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;
using cf::dyn;
using cf::sum;
using cf::c10d::_reduce_scatter_base_;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
using lists = std::vector<list>;
int volatile three = 3;
list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
cf::process_group<"g"> const any_g{4};
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

TEST_CASE("reduce_scatter: as many lists as outputs, of one tensor a rank and one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::reduce_scatter_: " + why; };
  CHECK(refusal([] { return c10d::reduce_scatter_(of(1), lists{of(three)}, g, sum); }) ==
        words("input_tensors has 3 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::reduce_scatter_(of(three), lists{of(4)}, g, sum); }) ==
        words("input_tensors has 1 entries, for 3 on the other side"));
  CHECK(refusal([] { return c10d::reduce_scatter_(ints, lists{of(4)}, g, sum); }) ==
        words("the tensors of one call have different dtypes"));
}

TEST_CASE("reduce_scatter: a whole buffer is the group's size times the part, of one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::_reduce_scatter_base_: " + why; };
  cf::tensor<cf::f32, dyn> const part{int{eight}};
  cf::tensor<cf::f32, 32> const whole;
  CHECK(std::get<0>(_reduce_scatter_base_(part, whole, g, sum)) == part);
  CHECK(refusal([&] { return _reduce_scatter_base_(part, floats(31), g, sum); }) == words("31 elements are not 4 times 8"));
  // The output first: arguments in the other order are refused too.
  CHECK(refusal([&] { return _reduce_scatter_base_(whole, part, g, sum); }) == words("8 elements are not 4 times 32"));
  CHECK(refusal([&] { return _reduce_scatter_base_(cf::dynamic_tensor(cf::bf16, {static_cast<std::size_t>(eight)}), whole, g, sum); }) ==
        words("the tensors of one call have different dtypes"));
}

TEST_CASE("reduce_scatter: many calls in one check each of them", "[collective]") {
  CHECK(call::payload(c10d::reduce_scatter_tensor_coalesced_, parts, wholes, g, sum) == cf::call_bytes{176, 44, 176});
  auto const words = [](std::string const& why) { return "commfold::c10d::reduce_scatter_tensor_coalesced_: " + why; };
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(parts, tensors{floats(32)}, g, sum); }) ==
        words("inputs has 1 entries, for 2 on the other side"));
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(wholes, parts, g, sum); }) == words("8 elements are not 4 times 32"));
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(mixed_parts, wholes, g, sum); }) ==
        words("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return c10d::reduce_scatter_tensor_coalesced_(mixed_parts, mixed_wholes, g, sum); }) ==
        words("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return fun::reduce_scatter_tensor_coalesced(mixed_wholes, sum, 4, g); }) ==
        "commfold::_c10d_functional::reduce_scatter_tensor_coalesced: the tensors of one call have different dtypes");
}

TEST_CASE("reduce_scatter: the group's size is given twice, and is one number", "[collective]") {
  cf::dynamic_group const ranks("dp", 8);
  std::string const verb = "commfold::_c10d_functional::reduce_scatter_tensor";
  std::string const why = ": group_size is 4, and group 'dp' has 8 ranks";
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(floats(8), sum, 4, ranks); }) == verb + why);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_out(floats(8), sum, 4, ranks, floats(2)); }) == verb + "_out" + why);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_coalesced(tensors{floats(8)}, sum, 4, ranks); }) == verb + "_coalesced" + why);
  CHECK(refusal([&] { return cf::c10d_functional_autograd::reduce_scatter_tensor(floats(8), sum, 4, ranks); }) ==
        "commfold::_c10d_functional_autograd::reduce_scatter_tensor" + why);
}

TEST_CASE("reduce_scatter: a reduction that the dtype does not have is refused, whoever asks", "[collective]") {
  cf::dynamic_tensor const whole(cf::c64, {8});
  cf::dynamic_tensor const part(cf::c64, {2});
  auto const max = cf::reduce_op::max;
  std::string const why = ": complex64 has no reduction 'max'";
  CHECK(refusal([&] { return c10d::reduce_scatter_(std::array{part}, std::array{std::vector(4, part)}, g, max); }) ==
        "commfold::c10d::reduce_scatter_" + why);
  CHECK(refusal([&] { return _reduce_scatter_base_(part, whole, g, max); }) == "commfold::c10d::_reduce_scatter_base_" + why);
  CHECK(refusal([&] { return c10d::reduce_scatter_tensor_coalesced_(std::array{part}, std::array{whole}, g, max); }) ==
        "commfold::c10d::reduce_scatter_tensor_coalesced_" + why);
  std::string const verb = "commfold::_c10d_functional::reduce_scatter_tensor";
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(whole, max, 4, g); }) == verb + why);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_out(whole, max, 4, g, part); }) == verb + "_out" + why);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_coalesced(tensors{whole}, max, 4, g); }) == verb + "_coalesced" + why);
}

TEST_CASE("reduce_scatter: parts of a packed dtype are whole bytes", "[collective]") {
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::u8, {12}), sum, 4, g); }) == "nothing was refused");
  // Nothing is known to be added up of packed values, and their bytes are not divided either.
  cf::dynamic_tensor const whole(cf::dtype::quint4x2, {12});
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(whole, sum, 4, g); }) ==
        "commfold::_c10d_functional::reduce_scatter_tensor: quint4x2 has no reduction 'sum'");
}

TEST_CASE("reduce_scatter: what is scattered is divided evenly or refused", "[collective]") {
  cf::tensor<cf::f32, dyn, 2> const x{int{nine}};
  std::string const uneven = ": dimension 0 of the input (9) is not divisible by the group's size (4); pad it";
  std::string const verb = "commfold::_c10d_functional::reduce_scatter_tensor";
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, sum, g.size, g); }) == verb + uneven);
  // A static dimension and a group that is not, and the other way round.
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::tensor<cf::f32, 9>{}, sum, any_g.size, any_g); }) == verb + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor_coalesced(std::vector{x}, sum, g.size, g); }) == verb + "_coalesced" + uneven);
  CHECK(refusal([&] { return cf::c10d_functional_autograd::reduce_scatter_tensor(x, sum, 4, g); }) ==
        "commfold::_c10d_functional_autograd::reduce_scatter_tensor" + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(floats(9), sum, g.size, g); }) == verb + uneven);
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(cf::dynamic_tensor(cf::f32, {}), sum, g.size, g); }) ==
        verb + ": a tensor without dimensions has no dimension 0 to divide");
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, sum, nine - 9, g); }) == verb + ": group_size is 0, and group 'g' has 4 ranks");
  CHECK(refusal([&] { return fun::reduce_scatter_tensor(x, sum, -nine, g); }) == verb + ": -9 is negative; a size never is");
  CHECK(fun::reduce_scatter_tensor(cf::tensor<cf::f32, dyn>{int{nine} - 1}, sum, g.size, g).extent(0) == 2);
}

TEST_CASE("reduce_scatter: what is written to has room for the result, and its dtype", "[collective]") {
  CHECK(fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, floats(2)) == floats(2));
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::reduce_scatter_tensor_out: " + why; };
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, floats(8)); }) ==
        words("out has 8 elements, the result 2"));
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(8), sum, 4, g, cf::dynamic_tensor(cf::bf16, {2})); }) ==
        words("the tensors of one call have different dtypes"));
  CHECK(refusal([] { return fun::reduce_scatter_tensor_out(floats(9), sum, 4, g, floats(2)); }) ==
        words("dimension 0 of the input (9) is not divisible by the group's size (4); pad it"));
}
