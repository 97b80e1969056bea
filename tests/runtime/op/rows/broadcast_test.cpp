// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/broadcast.hpp>

#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;
namespace fun = commfold::c10d_functional;

namespace {
constexpr cf::process_group<"g", 4> g;
cf::process_group<"g"> const any_g{4};
using any = cf::tensor<cf::f32, cf::dyn>;
int volatile three = 3;
int volatile nine = 9;
// One float32 and one int32.
std::vector<cf::dynamic_tensor> const mixed{cf::dynamic_tensor(cf::f32, {2}), cf::dynamic_tensor(cf::i32, {2})};
cf::dynamic_tensor floats(std::size_t n) { return {cf::f32, {n}}; }
}  // namespace

TEST_CASE("broadcast: the tensors of one call have one dtype", "[collective]") {
  CHECK(refusal([] { return c10d::broadcast_(mixed, g, 0); }) ==
        "commfold::c10d::broadcast_: the tensors of one call have different dtypes");
}

TEST_CASE("broadcast: the root of a list is a rank of the group", "[collective]") {
  std::vector const one{any{2}};
  CHECK(refusal([&] { return c10d::broadcast_(one, g, three + 1, 0); }) ==
        "commfold::c10d::broadcast_: root_rank 4 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return c10d::broadcast_(one, g, -three); }) == "commfold::c10d::broadcast_: -3 is negative; a size never is");
}

TEST_CASE("broadcast: a root is a rank of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(fun::broadcast(x, int{nine} - 6, g) == x);
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::broadcast: " + why; };
  CHECK(refusal([&] { return fun::broadcast(x, int{nine}, g); }) == words("src 9 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return fun::broadcast(x, 4, any_g); }) == words("src 4 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return fun::broadcast(x, cf::size_c<4>, any_g); }) == words("src 4 is not a rank of group 'g', which has 4"));
  CHECK(refusal([&] { return fun::broadcast(x, -1, g); }) == words("-1 is negative; a size never is"));
}

TEST_CASE("broadcast: a root in place is a rank of the group", "[collective]") {
  CHECK(fun::broadcast_(floats(8), 3, g) == floats(8));
  auto const words = [](std::string const& why) { return "commfold::_c10d_functional::broadcast_: " + why; };
  CHECK(refusal([] { return fun::broadcast_(floats(8), 4, g); }) == words("src 4 is not a rank of group 'g', which has 4"));
  CHECK(refusal([] { return fun::broadcast_(floats(8), -2, g); }) == words("-2 is negative; a size never is"));
}
