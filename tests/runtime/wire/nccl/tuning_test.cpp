// SPDX-License-Identifier: BSL-1.0
// Latency and bandwidth of every row of nccl_tuning.tsv, to the bit: what NCCL 2.30.7's own tuning code answered.
#include <commfold/wire/nccl/choice.hpp>
#include <commfold/wire/nccl/machine.hpp>
#include <commfold/wire/nccl/topology.hpp>
#include <commfold/wire/nccl/tuning.hpp>

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
#include <tuple>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using oracle::json;

std::uint32_t bits(float number) { return std::bit_cast<std::uint32_t>(number); }

/// The machine of a row has the columns of the row, which are those of the Ring graph of 8 ranks a node.
void check_machine(json const& row, nccl::machine const& found) {
  nccl::channel_graph const ring = found.graphs(8).ring;
  CHECK(found.compute_capability == oracle::whole_number_of(row.at("cc")));
  CHECK(ring.channels == oracle::whole_number_of(row.at("channels")));
  CHECK(bits(ring.bw_intra) == bits(oracle::float_of(row.at("bwIntra"))));
  CHECK(bits(ring.bw_inter) == bits(oracle::float_of(row.at("bwInter"))));
}

}  // namespace

TEST_CASE("every latency and bandwidth of NCCL's tuning code", "[wire][nccl]") {
  auto const rows = oracle::nccl_tuning_rows(COMMFOLD_TEST_DATA);
  std::map<std::string, std::size_t> equal;
  std::map<std::tuple<std::string, std::size_t, std::size_t, cf::collective_kind>, std::size_t> listed;
  oracle::compare_each(rows, [&](json const& row) {
    nccl::machine const& machine = nccl::machine_from_name(row.at("machine").get<std::string>());
    check_machine(row, machine);
    std::size_t const ranks = oracle::whole_number_of(row.at("ranks"));
    std::size_t const nodes = oracle::whole_number_of(row.at("nodes"));
    cf::collective_kind const kind = oracle::nccl_kind_of(row.at("coll"));
    ++listed[{std::string(machine.name), ranks, nodes, kind}];
    nccl::tuning const ours = nccl::tuning_of(kind, oracle::nccl_named(nccl::all_algorithms, row.at("algo")),
                                              oracle::nccl_named(nccl::all_protocols, row.at("proto")), {machine, ranks, nodes});
    CHECK(bits(ours.latency_us) == bits(oracle::float_of(row.at("lat_us"))));
    CHECK(bits(ours.bandwidth) == bits(oracle::float_of(row.at("bw_GBs"))));
    if (bits(ours.latency_us) == bits(oracle::float_of(row.at("lat_us"))) &&
        bits(ours.bandwidth) == bits(oracle::float_of(row.at("bw_GBs"))))
      ++equal[std::string(machine.name)];
  });
  std::size_t all = 0;
  for (auto const& [machine, count] : equal) {
    std::cout << "nccl_tuning.tsv: " << machine << ": " << count << " rows equal to the bit\n";
    all += count;
  }
  CHECK(all == rows.size());

  // What NCCL does not run has no row, and is no candidate of ours. Other files may have a part of the rows.
  for (auto const& [where, count] : listed) {
    auto const& [machine, ranks, nodes, kind] = where;
    INFO(machine << ", " << ranks << " ranks on " << nodes << " nodes, " << cf::name(kind));
    std::size_t const candidates = nccl::candidates(kind, 64, {nccl::machine_from_name(machine), ranks, nodes}).size();
    CHECK((oracle::reads_own("nccl_tuning.tsv") ? candidates == count : candidates >= count));
  }
}

TEST_CASE("the tuning of what NCCL does not run is refused", "[wire][nccl]") {
  using enum cf::collective_kind;
  nccl::topology const on(nccl::h100_8nic, 16, 2);
  CHECK_THROWS_WITH(nccl::tuning_of(all_reduce, nccl::algorithm::nvls, nccl::protocol::simple, on),
                    "commfold::nccl::tuning_of: on 16 ranks and 2 nodes, NVLS with Simple is no candidate for all_reduce");
  CHECK_THROWS_WITH(
      nccl::tuning_of(barrier, nccl::algorithm::ring, nccl::protocol::simple, on),
      "commfold::nccl::tuning_of: NCCL's model has no barrier; it has all_reduce, all_gather, reduce_scatter, broadcast and reduce");
  CHECK_THROWS_AS(nccl::is_candidate(wait, nccl::algorithm::ring, nccl::protocol::simple, on), cf::invalid_argument);
}
