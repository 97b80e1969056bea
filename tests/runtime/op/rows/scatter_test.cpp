// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/rows/scatter.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/group/process_group.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <tests/support/call.hpp>
#include <tests/support/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
namespace c10d = commfold::c10d;

namespace {
constexpr cf::process_group<"g", 4> g;
using any = cf::tensor<cf::f32, cf::dyn>;
using list = std::vector<any>;
using lists = std::vector<list>;
int volatile three = 3;
list of(int n) { return list(static_cast<std::size_t>(n), any{2}); }
std::vector<cf::dynamic_tensor> const ints{cf::dynamic_tensor(cf::i32, {2})};
}  // namespace

TEST_CASE("scatter: a group and lists that only the values tell", "[collective]") {
  cf::dynamic_group const ranks("a name from a file", int{three} + 1);
  lists const blocks{list{any{1}, any{0}, any{2}, any{5}}};
  CHECK(call::payload(c10d::scatter_, of(1), blocks, ranks, 0) == cf::call_bytes{32, 8, 32});
  CHECK(call::sent_to(c10d::scatter_, of(1), blocks, ranks, 0) == std::vector<std::size_t>{4, 0, 8, 20});
}

TEST_CASE("scatter: as many lists as outputs, of one tensor a rank and one dtype", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::scatter_: " + why; };
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{of(0)}, g, 0); }) == words("input_tensors has 0 entries, for a group of 4"));
  CHECK(refusal([] { return c10d::scatter_(of(0), lists{of(4)}, g, 0); }) == words("input_tensors has 1 entries, for 0 on the other side"));
  CHECK(refusal([] { return c10d::scatter_(ints, lists{of(4)}, g, 0); }) == words("the tensors of one call have different dtypes"));
}

TEST_CASE("scatter: the root is a rank of the group", "[collective]") {
  auto const words = [](std::string const& why) { return "commfold::c10d::scatter_: " + why; };
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{}, cf::process_group<"h">{2}, 2); }) ==
        words("root_rank 2 is not a rank of group 'h', which has 2"));
  CHECK(refusal([] { return c10d::scatter_(of(1), lists{}, g, -three); }) == words("-3 is negative; a size never is"));
}
