// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/unique_id.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace cf = commfold;

TEST_CASE("no two calls get one id, from whatever threads", "[collective]") {
  constexpr std::size_t threads = 8, each = 1'000'000;
  std::vector<std::uint64_t> ids(threads * each);
  std::vector<std::thread> running;
  for (std::size_t t = 0; t < threads; ++t)
    running.emplace_back([from = &ids[t * each]] { std::generate_n(from, each, cf::generate_unique_id); });
  for (std::thread& t : running) t.join();
  std::sort(ids.begin(), ids.end());
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  CHECK(ids.front() != 0);
}
