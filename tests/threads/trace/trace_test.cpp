// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/trace.hpp>

#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/path_log.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <thread>
#include <vector>

namespace cf = commfold;
using cf::dyn;

TEST_CASE("traces in threads share nothing", "[trace]") {
  constexpr auto step = [](auto& comm, auto const& layers, auto const& group) {
    comm.phase("forward", [&] { comm.for_each(layers, [&](auto const& l) { comm.all_gather(l, group); }); });
    comm.phase("backward", [&] { comm.repeat(3, [&] { comm.all_reduce(layers, cf::sum, group); }); });
  };
  // Every thread reads one model and one group.
  std::vector<cf::tensor<cf::bf16, dyn, 8>> const layers(12, cf::tensor<cf::bf16, dyn, 8>{16});
  cf::process_group<"dp"> const dp{4};
  auto const expected = cf::trace<dyn>(step, layers, dp);
  REQUIRE(expected.calls() == 12 + 3 * 12);
  auto const expected_calls = cf::log_with_paths(step, layers, dp).calls().size();

  constexpr std::size_t threads = 8;
  std::vector<cf::ledger<dyn>> ledgers(threads);
  std::vector<std::size_t> calls(threads);
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < threads; ++i)
    running.emplace_back([&, i] {
      for (int again = 0; again < 20; ++again) {
        ledgers[i] = cf::trace<dyn>(step, layers, dp);
        calls[i] = cf::log_with_paths(step, layers, dp).calls().size();
      }
    });
  for (std::thread& thread : running) thread.join();
  for (cf::ledger<dyn> const& ledger : ledgers) CHECK(ledger == expected);
  for (std::size_t const count : calls) CHECK(count == expected_calls);
}
