// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/ledger.hpp>

#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/totals_by.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cf = commfold;

namespace {
constexpr cf::process_group<"dp", 4> dp;
std::size_t volatile half = std::size_t{1} << 63;
}  // namespace

TEST_CASE("a row's bytes that do not fit are an error and not a wrong number", "[trace]") {
  auto const traffic = cf::trace([](auto& comm) {
    comm.repeat(std::size_t{half}, [&] { comm.all_reduce(cf::tensor<cf::u8, 1>{}, cf::sum, dp); });  // 2^63 B: fits
    comm.repeat(std::size_t{half}, [&] { comm.all_reduce(cf::tensor<cf::u8, 2>{}, cf::sum, dp); });  // 2^64 B
  });
  CHECK(traffic.rows()[0].totals().message_bytes == half);
  CHECK_THROWS_AS(traffic.rows()[1].totals(), cf::overflow_error);
  CHECK_THROWS_WITH(traffic.rows()[1].totals(), "commfold::ledger_row::totals: 9223372036854775808 * 2 does not fit std::size_t");
  CHECK(traffic.total([](cf::call_record const& c) { return c.bytes().message_bytes == 1; }).calls == half);
}

TEST_CASE("totals that do not fit are an error and not a wrong number", "[trace]") {
  auto const traffic = cf::trace([](auto& comm) {
    comm.send(cf::tensor<cf::u8, cf::dyn>{std::size_t{half}}, 0, dp);
    comm.send(cf::tensor<cf::u8, cf::dyn>{half - 1}, 0, dp);
    comm.recv(cf::tensor<cf::u8, 1>{}, 0, dp);
  });
  CHECK(traffic.total([](cf::call_record const& c) { return c.op() == "c10d::send"; }).message_bytes == cf::dyn);  // 2^64 - 1
  CHECK_THROWS_AS(traffic.message_bytes(), cf::overflow_error);
  CHECK(traffic.calls() == 3);  // which are no bytes, and fit
  CHECK_THROWS_WITH(traffic.total(), "commfold::ledger::total: 18446744073709551615 + 1 does not fit std::size_t");
}

TEST_CASE("calls that do not fit are an error and not a wrong number", "[trace]") {
  CHECK_THROWS_AS(cf::trace([](auto& comm) {
                    comm.repeat(std::size_t{half}, [&] { comm.barrier(dp); });
                    comm.repeat(std::size_t{half}, [&] { comm.barrier(dp); });
                  }),
                  cf::overflow_error);
  auto const two_kinds = cf::trace([](auto& comm) {
    comm.repeat(std::size_t{half}, [&] { comm.barrier(dp); });
    comm.repeat(std::size_t{half}, [&] { comm.all_reduce(cf::tensor<cf::u8, 0>{}, cf::sum, dp); });
  });
  CHECK_THROWS_AS(two_kinds.calls(), cf::overflow_error);
}

TEST_CASE("ledgers of a fixed and of any size are copied and assigned by value", "[trace]") {
  cf::ledger<cf::dyn> copy;
  CHECK(copy == cf::ledger<>());
  {
    auto const traffic = cf::trace<cf::dyn>([](auto& comm) { comm.barrier(dp); });
    copy = traffic;
  }
  CHECK(copy == cf::trace([](auto& comm) { comm.barrier(dp); }));
}

TEST_CASE("names of any length are kept at run time, and a ledger in place says how many rows to ask for", "[trace]") {
  std::string const group(5'000, 'g');
  std::string const phase(20'000, 'p');
  auto const step = [&](auto& comm) {
    comm.phase(phase, [&] { comm.call(cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, cf::dynamic_group(group, 4)); });
  };
  auto const traffic = cf::trace<cf::dyn>(step);
  CHECK(traffic.rows()[0].call().group() == group);
  CHECK(traffic.rows()[0].call().phase() == phase);
  // 1 + (2 + 5000) + (3 + 20000); 256 and 40 for each of 619 rows are 25 016.
  CHECK_THROWS_AS(cf::trace<618>(step), cf::invalid_argument);
  CHECK_THROWS_WITH(cf::trace(step),
                    "commfold::trace: the names of the step's groups and phases take 25006 characters, a ledger of 64 rows holds 2816; ask "
                    "for trace<619>(step, ...)");
  CHECK(cf::trace<619>(step) == traffic);
}

TEST_CASE("names are their own: the group, the source of a copy and the ledger of slices may go", "[trace]") {
  cf::ledger<cf::dyn> copy, moved;
  cf::ledger<4> in_place;
  std::optional<cf::traffic_slices<cf::dyn>> slices;
  {
    auto group = std::make_unique<cf::dynamic_group>(std::string(40, 'g'), 4);
    auto const step = [&](auto& comm) { comm.call(cf::c10d::barrier, cf::tensor<cf::u8, 1>{}, *group); };
    auto source = cf::trace<cf::dyn>(step);
    in_place = cf::trace<4>(step);
    group.reset();
    copy = source;
    slices.emplace(cf::totals_by(source, cf::call_key::group));
    moved = std::move(source);
  }
  std::string const name(40, 'g');
  CHECK(copy.rows()[0].call().group() == name);
  CHECK(moved.rows()[0].call().group() == name);
  CHECK(in_place.rows()[0].call().group() == name);
  CHECK(slices->slices()[0].like().group() == name);
  // Of temporaries, what is asked of a row is a value.
  auto const& call = copy.slice({}).rows()[0].call().bytes();
  CHECK(call == cf::call_bytes{});
}

TEST_CASE("the parts of all calls are kept at run time", "[trace]") {
  cf::process_group<"ep", 64> const ep;
  std::vector<std::size_t> even(64, 2), first(64, 2), second(64, 2);
  first[0] = 3, first[1] = 1;
  second[0] = 1, second[1] = 3;
  auto const step = [&](auto& comm) {
    cf::tensor<cf::u8, 128> const tokens;
    for (auto const& splits : {first, second, even, first}) comm.all_to_all(tokens, even, splits, ep);
  };
  auto const traffic = cf::trace<cf::dyn>(step);
  REQUIRE(traffic.rows().size() == 3);
  CHECK(traffic.rows()[0].calls() == 2);
  CHECK(traffic.rows()[0].call().parts() == cf::parts_state::kept);
  CHECK(std::ranges::equal(traffic.rows()[0].call().input_parts(), first));
  CHECK(traffic.rows()[0].call().output_parts().empty());
  CHECK(std::ranges::equal(traffic.rows()[1].call().input_parts(), second));
  CHECK(traffic.rows()[2].call().parts() == cf::parts_state::even);

  // 24 + 4 x 20 numbers are those of one call; the other's are not known, and not taken for even.
  auto const small = cf::trace<20>(step);
  REQUIRE(small.rows().size() == 3);
  CHECK(small.rows()[0] == traffic.rows()[0]);
  CHECK(small.rows()[1].call().parts() == cf::parts_state::not_kept);
  CHECK(small.rows()[2].call().parts() == cf::parts_state::even);
  CHECK(small != traffic);
}

TEST_CASE("what cannot be kept is refused", "[trace]") {
  cf::call_log log;
  CHECK_THROWS_WITH(log.add(cf::call_record({.op = "x", .group = "g", .root = 0, .peer = 0}, ""), 1),
                    "commfold::trace: a call has a root or a peer, and not both");
  std::string const name(256, 'o');
  CHECK_THROWS_WITH(log.add(cf::call_record({.op = name, .group = "g"}, ""), 1),
                    "commfold::trace: the name of an operator has at most 255 characters");
  CHECK(log.calls().empty());
}
