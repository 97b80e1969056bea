// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/p2p.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

namespace cf = commfold;

namespace {
constexpr cf::process_group<"g", 4> g;
int volatile eight = 8;
}  // namespace

TEST_CASE("who sends and who receives are ranks of the group", "[collective]") {
  cf::tensor<cf::f32, 8> const x;
  CHECK(refusal([&] { return cf::c10d::send(x, g, int{eight}); }) == "commfold::send: dst 8 is not a rank of group 'g', which has 4");
  CHECK(refusal([&] { return cf::c10d::recv_(x, cf::process_group<"h">{2}, 2); }) ==
        "commfold::recv_: src 2 is not a rank of group 'h', which has 2");
  CHECK(refusal([&] { return cf::c10d::recv_(x, g, int{eight} - 9); }) == "commfold::recv_: -1 is negative; a size never is");
  CHECK(refusal([&] { return cf::c10d::send(x, cf::dynamic_group("from a file", 8), cf::size_c<8>); }) ==
        "commfold::send: dst 8 is not a rank of group 'from a file', which has 8");
  CHECK(cf::c10d::send(x, g, int{eight} - 5).result() == x);
  CHECK(cf::c10d::recv_any_source_(x, cf::dynamic_group("from a file", 8), 0).result() == x);
}
