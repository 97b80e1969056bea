// SPDX-License-Identifier: BSL-1.0
// Algorithm, protocol and time of every row of nccl_choice.tsv, to the bit: what NCCL 2.30.7's own code chose.
#include <commfold/wire/nccl/choice.hpp>

#include <tests/support/each_row.hpp>
#include <tests/support/nccl_rows.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <string>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using oracle::json;

std::uint32_t bits(float number) { return std::bit_cast<std::uint32_t>(number); }

}  // namespace

TEST_CASE("every choice of NCCL's tuning code", "[wire][nccl]") {
  auto const rows = oracle::nccl_choice_rows(COMMFOLD_TEST_DATA);
  std::map<std::string, std::size_t> equal;
  oracle::compare_each(rows, [&](json const& row) {
    nccl::machine const& machine = nccl::machine_from_name(row.at("machine").get<std::string>());
    nccl::topology const on(machine, oracle::whole_number_of(row.at("ranks")), oracle::whole_number_of(row.at("nodes")));
    nccl::choice const ours = nccl::choose(oracle::nccl_kind_of(row.at("coll")), oracle::whole_number_of(row.at("bytes")), on);
    nccl::choice const theirs{oracle::nccl_named(nccl::all_algorithms, row.at("algo")),
                              oracle::nccl_named(nccl::all_protocols, row.at("proto")), oracle::float_of(row.at("time_us"))};
    CHECK(name(ours.algorithm) == name(theirs.algorithm));
    CHECK(name(ours.protocol) == name(theirs.protocol));
    CHECK(bits(ours.time_us) == bits(theirs.time_us));
    if (ours.algorithm == theirs.algorithm && ours.protocol == theirs.protocol && bits(ours.time_us) == bits(theirs.time_us))
      ++equal[std::string(machine.name)];
  });
  std::size_t all = 0;
  for (auto const& [machine, count] : equal) {
    std::cout << "nccl_choice.tsv: " << machine << ": " << count << " rows equal to the bit\n";
    all += count;
  }
  CHECK(all == rows.size());
}

TEST_CASE("what is not in NCCL's model is refused", "[wire][nccl]") {
  using enum cf::collective_kind;
  nccl::topology const on(nccl::h100_8nic, 16, 2);
  for (cf::collective_kind const kind : {gather, scatter, all_to_all, send, recv, send_recv, barrier, wait}) {
    std::string const why =
        "NCCL's model has no " + std::string(name(kind)) + "; it has all_reduce, all_gather, reduce_scatter, broadcast and reduce";
    CHECK_THROWS_WITH(nccl::choose(kind, 64, on), "commfold::nccl::choose: " + why);
    CHECK_THROWS_WITH(nccl::candidates(kind, 64, on), "commfold::nccl::candidates: " + why);
    CHECK_THROWS_AS(nccl::choose(kind, 0, {nccl::h100_8nic, 1, 1}), cf::invalid_argument);
  }
}
