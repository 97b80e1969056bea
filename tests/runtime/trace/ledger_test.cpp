// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/ledger.hpp>

#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <cstddef>

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
