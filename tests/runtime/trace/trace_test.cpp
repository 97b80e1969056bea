// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/trace.hpp>

#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/tensor.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace cf = commfold;
using cf::dyn;

namespace {

constexpr cf::process_group<"dp", 4> dp;

// One step, for shapes known while compiling and for shapes that are not.
template <class Tensor>
struct layer {
  Tensor up;
  Tensor down;
};
using static_model = std::array<layer<cf::tensor<cf::bf16, 16, 8>>, 12>;
using dynamic_model = std::vector<layer<cf::tensor<cf::bf16, dyn, dyn>>>;
using untyped_model = std::vector<layer<cf::dynamic_tensor>>;

constexpr auto step = [](auto& comm, auto const& model, auto const& group) {
  comm.phase("forward", [&] {
    comm.for_each(model, [&](auto const& l) { comm.all_gather(l, group); });
    comm.barrier(group);
  });
  comm.repeat(3, [&] { comm.for_each(model, [&](auto const& l) { comm.reduce_scatter(comm.all_gather(l, group), cf::sum, group); }); });
  comm.send(model[0].up, 1, group);
};
constexpr auto expected = cf::trace(step, static_model{}, dp);

dynamic_model read_model() {
  int volatile rows = 16;
  return dynamic_model(12, {cf::tensor<cf::bf16, dyn, dyn>{int{rows}, 8}, cf::tensor<cf::bf16, dyn, dyn>{int{rows}, 8}});
}

void kinds_of_call(auto& comm, std::size_t kinds) {
  for (std::size_t i = 0; i < kinds; ++i) comm.all_reduce(cf::tensor<cf::u8, dyn>{i}, cf::sum, dp);
}

}  // namespace

TEST_CASE("run-time shapes leave the ledger that static ones leave", "[trace]") {
  // 12 x 2 + 1 + 3 x 12 x 4 + 1 calls; tensors of 256 B, whole vectors of 1024 B.
  STATIC_REQUIRE(expected.calls() == 170);
  STATIC_REQUIRE(expected.message_bytes() == 168 * 1024 + 256);

  CHECK(cf::trace(step, read_model(), dp) == expected);
  CHECK(cf::trace(step, read_model(), cf::process_group<"dp">{4}) == expected);
  CHECK(cf::trace(step, static_model{}, cf::process_group<"dp">{4}) == expected);
  cf::dynamic_tensor const tensor(cf::bf16, {16, 8});
  CHECK(cf::trace(step, untyped_model(12, {tensor, tensor}), dp) == expected);
  CHECK(cf::trace<dyn>(step, read_model(), dp) == expected);
  CHECK(cf::trace(step, read_model(), cf::process_group<"dp">{8}) != expected);
}

TEST_CASE("a ledger that is too small says how many rows to ask for", "[trace]") {
  auto const many = [](auto& comm) { kinds_of_call(comm, 70); };
  CHECK_THROWS_AS(cf::trace(many), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::trace(many),
                    "commfold::trace: the step makes 70 kinds of call, the ledger has 64 rows; ask for trace<70>(step, ...)");
  CHECK_THROWS_WITH(cf::trace<69>(many),
                    "commfold::trace: the step makes 70 kinds of call, the ledger has 69 rows; ask for trace<70>(step, ...)");
  CHECK(cf::trace<70>(many).calls() == 70);
  CHECK(cf::trace<70>(many) == cf::trace<dyn>(many));
  CHECK(cf::trace<70>(many).message_bytes() == 2415);  // 0 + 1 + ... + 69
}

TEST_CASE("any number of kinds of call at run time", "[trace]") {
  auto const traffic = cf::trace<dyn>([](auto& comm) { comm.repeat(2, [&] { kinds_of_call(comm, 20'000); }); });
  CHECK(traffic.rows().size() == 20'000);
  CHECK(traffic.calls() == 40'000);
  CHECK(traffic.message_bytes() == 399'980'000);  // 2 x 20 000 x 19 999 / 2
  CHECK(traffic.rows()[12'345].call().bytes().message_bytes == 12'345);
}

TEST_CASE("a trace in a trace is its own", "[trace]") {
  auto const outer = cf::trace([](auto& comm) {
    comm.phase("outer", [&] {
      comm.repeat(5, [&] {
        auto const inner = cf::trace(step, read_model(), dp);
        CHECK(inner == expected);
        comm.barrier(dp);
      });
    });
  });
  CHECK(outer.calls() == 5);
  CHECK(outer.rows()[0].call().phase() == "outer");
}
