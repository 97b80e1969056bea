// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/support/each_row.hpp
/// The loop over measured rows: every row is compared and counted, and a bad one hides no other.

#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

namespace oracle {

struct visited_rows {
  std::size_t rows = 0;
  std::vector<std::string> ended;  ///< of each row whose comparison an exception ended: the exception and the row
};

/// Calls compare(row) for every row. An exception, and a `REQUIRE` that does not hold, end the comparison of their row alone.
template <class Compare>
visited_rows visit_rows(std::vector<json> const& rows, Compare compare) {
  visited_rows visited;
  for (json const& row : rows) {
    ++visited.rows;
    auto const end = [&](std::string const& why) { visited.ended.push_back(why + ", in " + row.dump().substr(0, 400)); };
    try {
      compare(row);
    } catch (std::exception const& e) {
      end(e.what());
    } catch (...) {
      end("the comparison ended early");
    }
  }
  return visited;
}

/// `visit_rows` in a test: a row whose comparison ended early is a failure that names it.
template <class Compare>
void compare_each(std::vector<json> const& rows, Compare compare) {
  visited_rows const visited = visit_rows(rows, [&](json const& row) {
    INFO(row.dump());
    compare(row);
  });
  for (std::string const& why : visited.ended) FAIL_CHECK(why);
  CHECK(visited.rows == rows.size());
}

}  // namespace oracle
