// SPDX-License-Identifier: BSL-1.0
#include <commfold/budget/budget.hpp>
#include <commfold/budget/within.hpp>

#include <commfold/size/literals.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

namespace cf = commfold;
using namespace cf::literals;

namespace {
constexpr cf::process_group<"dp", 4> dp;
int volatile elements = 256;
}  // namespace

TEST_CASE("a step with run-time shapes is held to a budget", "[trace]") {
  // 1 KiB in, 4 KiB gathered.
  auto const traffic = cf::trace([](auto& comm) { comm.all_gather(cf::tensor<cf::f32, cf::dyn>{int{elements}}, dp); });
  CHECK(cf::within(traffic, {.message_bytes = {.at_least = 4_KiB, .at_most = 4_KiB}, .input_bytes = {.at_most = 1_KiB}}));
  CHECK_FALSE(cf::within(traffic, {.message_bytes = {.at_most = 4_KB}}));
  CHECK_FALSE(cf::within(traffic, {.calls = {.at_least = 2}}));
  CHECK(cf::within(cf::trace<cf::dyn>([](auto& comm) { comm.barrier(dp); }), {.message_bytes = {.at_most = 0}}));
}

TEST_CASE("a range without a number in it is a mistake", "[trace]") {
  cf::ledger<> const nothing;
  CHECK_THROWS_AS(cf::within(nothing, {.message_bytes = {.at_least = 2, .at_most = 1}}), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::within(nothing, {.message_bytes = {.at_least = 2, .at_most = 1}}),
                    "commfold::within: no number of message bytes is at least 2 and at most 1");
  CHECK_THROWS_WITH(cf::within(nothing, {.input_bytes = {.at_least = 2, .at_most = 1}}),
                    "commfold::within: no number of input bytes is at least 2 and at most 1");
  CHECK_THROWS_WITH(cf::within(nothing, {.output_bytes = {.at_least = 2, .at_most = 1}}),
                    "commfold::within: no number of output bytes is at least 2 and at most 1");
  CHECK_THROWS_WITH(cf::within(nothing, {.calls = {.at_most = 0}}), "commfold::within: no number of calls is at least 1 and at most 0");
}
