// SPDX-License-Identifier: BSL-1.0
#include <commfold/report/reported_rows.hpp>

#include <commfold/error.hpp>
#include <commfold/op/rows/all_to_all.hpp>
#include <commfold/op/rows/broadcast.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace cf = commfold;

namespace {

constexpr std::size_t one_three[] = {1, 3}, three_one[] = {3, 1};

cf::call_record call(std::optional<std::size_t> root, std::optional<std::size_t> peer, std::string_view phase = "",
                     cf::parts_view const& parts = {}, std::size_t bytes = 4) {
  return cf::call_record({.op = cf::c10d::broadcast_t::name,
                          .kind = cf::collective_kind::broadcast,
                          .group = "dp",
                          .group_size = 2,
                          .dtype = cf::u8,
                          .bytes = {bytes, 5, 6},
                          .root = root,
                          .peer = peer},
                         phase, parts);
}

}  // namespace

TEST_CASE("rows that differ in root, peer or parts alone are reported as one", "[report]") {
  cf::detail::open_ledger open;
  open.add(call(0, {}), 1);
  open.add(call(0, {}, "forward"), 100);
  open.add(call(1, {}), 2);
  open.add(call({}, 1), 4);
  open.add(call({}, {}, "", {{one_three, 2}, {}}), 8);
  open.add(call({}, {}, "", {{three_one, 2}, {one_three, 2}}), 16);
  open.add(call({}, {}, "", {{}, {}, false}), 32);
  open.add(call(1, {}, "", {}, 7), 1000);
  open.add(call({}, {}), 64);
  cf::ledger<20> const traffic(open);
  REQUIRE(traffic.rows().size() == 9);

  auto const reported = cf::detail::reported_rows(traffic);
  REQUIRE(reported.rows().size() == 3);  // in the order of the first of each
  CHECK(reported.rows()[0] == cf::ledger_row(call({}, {}), 127));
  CHECK(reported.rows()[1] == cf::ledger_row(call({}, {}, "forward"), 100));
  CHECK(reported.rows()[2] == cf::ledger_row(call({}, {}, "", {}, 7), 1000));
  CHECK(reported.total() == traffic.total());
}

TEST_CASE("an empty ledger has no rows to report", "[report]") { CHECK(cf::detail::reported_rows(cf::ledger<4>()).rows().empty()); }

TEST_CASE("numbers of calls that do not fit together are refused", "[report]") {
  cf::detail::open_ledger open;
  open.add(call(0, {}), cf::dyn);
  open.add(call(1, {}), 1);
  cf::ledger<cf::dyn> const traffic(open);
  CHECK_THROWS_AS(cf::detail::reported_rows(traffic), cf::overflow_error);
}
