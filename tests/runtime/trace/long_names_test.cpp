// SPDX-License-Identifier: BSL-1.0
// Names of groups and phases are held whole, as long as any in use, by everything that keeps or tells a call.
#include <commfold/budget/check.hpp>
#include <commfold/budget/within.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/report.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/path_log.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cf = commfold;

namespace {

#define TEN "0123456789"
// Megatron's longest; PyTorch's, which is a hash; 64 and 200 characters.
constexpr std::string_view names[] = {"EXPERT_TENSOR_MODEL_PIPELINE_PARALLEL_GROUP", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                                      TEN TEN TEN TEN TEN TEN "0123",
                                      TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN};
constexpr cf::process_group<"EXPERT_TENSOR_MODEL_PIPELINE_PARALLEL_GROUP", 4> megatron;
constexpr cf::process_group<"0123456789012345678901234567890123456789012345678901234567890123", 4> of_64;
constexpr std::string_view phase_of_192 = names[3].substr(0, 192);

constexpr auto step = [](auto& comm) {
  comm.phase(phase_of_192, [&] { comm.all_reduce(cf::tensor<cf::f32, 2>{}, cf::sum, of_64); });
  comm.all_reduce(cf::tensor<cf::f32, 2>{}, cf::sum, megatron);
};

// In place, in a constant, and in the smallest ledger that has room for the kinds of call.
constexpr auto in_place = cf::trace<2>(step);
static_assert(in_place.rows()[0].call().group() == names[2] && in_place.rows()[0].call().phase() == phase_of_192);
static_assert(in_place.rows()[1].call().group() == names[0]);
static_assert(in_place.total({.group = of_64, .phase = phase_of_192}).calls == 1);
static_assert(cf::within(in_place, cf::budget{.of = {.group = of_64, .phase = phase_of_192}, .calls = {.at_most = 1}}));

}  // namespace

TEST_CASE("long names are held whole", "[trace]") {
  for (std::string_view const group : names)
    for (std::string_view const phase : names) {
      CAPTURE(group, phase);
      cf::dynamic_group const ranks(std::string(group), 4);
      auto const one = [&](auto& comm) {
        comm.phase(phase, [&] { comm.phase("inner", [&] { comm.all_reduce(cf::tensor<cf::f32, 2>{}, cf::sum, ranks); }); });
      };
      std::string const nested = std::string(phase) + "/inner";
      auto const ledger = cf::trace<cf::dyn>(one);
      auto const small = cf::trace<8>(one);
      auto const log = cf::log(one);
      auto const paths = cf::log_with_paths(one);
      CHECK(ledger.rows()[0].call().group() == group);
      CHECK(ledger.rows()[0].call().phase() == nested);
      CHECK(small == ledger);
      CHECK(log.calls()[0].group() == group);
      CHECK(log.calls()[0].phase() == nested);
      CHECK(paths.calls()[0].call == log.calls()[0]);
      CHECK(ledger.total({.group = group, .phase = phase}).calls == 1);
      CHECK(ledger.total({.group = group, .phase = phase.substr(1)}).calls == 0);

      for (std::string const& text : {cf::text_report(ledger), cf::text_report(log), cf::markdown_report(ledger), cf::csv_report(ledger),
                                      cf::json_report(ledger), cf::html_report(ledger, log), cf::chrome_trace(log)}) {
        CHECK(text.find(group) != std::string::npos);
        CHECK(text.find(phase) != std::string::npos);
      }
      auto const broken = cf::check(ledger, cf::budget{.of = {.group = group, .phase = phase}, .calls = {.at_least = 0, .at_most = 0}});
      REQUIRE(broken.size() == 1);
      CHECK(to_string(broken[0]) == "calls over '" + std::string(group) + "' in phase '" + std::string(phase) +
                                        "': 1, at most 0; largest: _c10d_functional::all_reduce over '" + std::string(group) + "' in '" +
                                        nested + "' 1");
    }
}
