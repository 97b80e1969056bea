// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/markdown_report.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/path_log.hpp>

#include <tests/support/report_steps.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>

namespace cf = commfold;

namespace {

std::string const head = "| operator | group | phase | calls | message bytes | share |\n| :-- | :-- | :-- | --: | --: | --: |\n";

/// How one phase is written in its cell.
std::string cell(std::string_view phase) {
  std::string const report = cf::markdown_report(cf::trace([&](auto& comm) { comm.phase(phase, [&] { comm.barrier(reported::dp); }); }));
  std::string const before = head + "| `c10d::barrier` | `dp` (4) | ";
  REQUIRE(report.starts_with(before));
  return report.substr(before.size(), report.find(" | 1 | 0 B | - |\n") - before.size());
}

}  // namespace

// 502 000 of 800 000 B are 62.75 %, which is rounded up.
TEST_CASE("Markdown of a small step, to the character", "[report]") {
  std::string const expected =
      head +
      "| `_c10d_functional::all_gather_into_tensor` | `dp` (4) | `forward` | 3 | 502 000 B (490.2 KiB) | 62.8 % |\n"
      "| `_c10d_functional::reduce_scatter_tensor` | `tp` (2) | `backward/layer` | 1 | 298 000 B (291.0 KiB) | 37.3 % |\n"
      "| `c10d::barrier` | `dp` (4) | - | 1 | 0 B | 0.0 % |\n"
      "| **total** |  |  | **5** | **800 000 B (781.3 KiB)** | **100.0 %** |\n"
      "\n"
      "| group | calls | message bytes | share |\n"
      "| :-- | --: | --: | --: |\n"
      "| `dp` (4) | 4 | 502 000 B (490.2 KiB) | 62.8 % |\n"
      "| `tp` (2) | 1 | 298 000 B (291.0 KiB) | 37.3 % |\n"
      "\n"
      "| phase | calls | message bytes | share |\n"
      "| :-- | --: | --: | --: |\n"
      "| `forward` | 3 | 502 000 B (490.2 KiB) | 62.8 % |\n"
      "| `backward/layer` | 1 | 298 000 B (291.0 KiB) | 37.3 % |\n"
      "| - | 1 | 0 B | 0.0 % |\n";
  CHECK(cf::markdown_report(cf::trace(reported::step)) == expected);
  CHECK(cf::markdown_report(cf::trace<cf::dyn>(reported::step)) == expected);
  CHECK(cf::markdown_report(cf::trace(reported::step), "FSDP2, *8* ranks") == "### FSDP2, *8* ranks\n\n" + expected);
}

TEST_CASE("Markdown of nothing, and of one group and phase", "[report]") {
  CHECK(cf::markdown_report(cf::ledger<>()) == head + "| **total** |  |  | **0** | **0 B** | **-** |\n");
  CHECK(cf::markdown_report(cf::trace([](auto& comm) { comm.barrier(reported::tp); })) ==
        head + "| `c10d::barrier` | `tp` (2) | - | 1 | 0 B | - |\n| **total** |  |  | **1** | **0 B** | **-** |\n");
}

TEST_CASE("Markdown stands the largest first, and the first called where they are equal", "[report]") {
  auto const report = cf::markdown_report(cf::trace([](auto& comm) {
    for (char const* const phase : {"a", "b", "c", "d"})
      comm.phase(phase, [&] {
        comm.send(reported::block<5>{}, 0, reported::dp);
        if (phase[0] == 'c') comm.send(reported::block<1>{}, 0, reported::dp);
      });
  }));
  CHECK(report.find("`c` | 2 | 6 B") < report.find("`a` | 1 | 5 B"));
  CHECK(report.find("`a` | 1 | 5 B") < report.find("`b` | 1 | 5 B"));
  CHECK(report.find("`b` | 1 | 5 B") < report.find("`d` | 1 | 5 B"));
  CHECK(report.find("`d` | 1 | 5 B") != std::string::npos);
}

TEST_CASE("Markdown takes nothing in a name for markup", "[report]") {
  CHECK(cell("_a_ *b* <b> [c](d)") == "`_a_ *b* <b> [c](d)`");
  CHECK(cell("a|b\\|c") == "`a\\|b\\\\|c`");
  CHECK(cell("a`b") == "``a`b``");
  CHECK(cell("a``b`c") == "```a``b`c```");
  CHECK(cell("`a") == "`` `a ``");
  CHECK(cell("a`") == "`` a` ``");
  CHECK(cell(" a ") == "`  a  `");
  CHECK(cell(" a") == "` a`");
  CHECK(cell("a\r\nb") == "`a\\r\\nb`");
  CHECK(cell("\x1b[2J\a") == "`\\x1b[2J\\x07`");
}

TEST_CASE("the Markdown of a log is every call in order, with its path where the log has paths", "[report]") {
  auto const step = [](auto& comm) {
    constexpr cf::process_group<"dp", 4> dp;
    comm.all_reduce(std::array<cf::tensor<cf::f32, 2>, 1>{}, cf::sum, dp);
    comm.phase("end", [&] { comm.barrier(dp); });
  };
  CHECK(cf::markdown_report(cf::log_with_paths(step), "A step") ==
        "### A step\n\n"
        "| call | operator | group | phase | dtype | message bytes | path |\n"
        "| --: | :-- | :-- | :-- | :-- | --: | :-- |\n"
        "| 0 | `_c10d_functional::all_reduce` | `dp` (4) | - | float32 | 8 B | `[0]` |\n"
        "| 1 | `c10d::barrier` | `dp` (4) | `end` | - | 0 B | - |\n");
  CHECK(cf::markdown_report(cf::log(step)) ==
        "| call | operator | group | phase | dtype | message bytes |\n"
        "| --: | :-- | :-- | :-- | :-- | --: |\n"
        "| 0 | `_c10d_functional::all_reduce` | `dp` (4) | - | float32 | 8 B |\n"
        "| 1 | `c10d::barrier` | `dp` (4) | `end` | - | 0 B |\n");
}
