// SPDX-License-Identifier: BSL-1.0
// What docs/wire.md shows of NCCL's model; tests/snippets.cmake cuts it from here and from wire_nccl.txt, which this test compares.
#include <commfold/wire/nccl/bus_bandwidth.hpp>
#include <commfold/wire/nccl/choice.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace {

namespace cf = commfold;
namespace nccl = commfold::nccl;

namespace page {
// [choose]
// 16 H100 on two nodes reduce 64 MiB.
constexpr nccl::topology two_nodes(nccl::h100_8nic, 16, 2);
constexpr nccl::choice chosen = nccl::choose(cf::collective_kind::all_reduce, 64 << 20, two_nodes);
static_assert(chosen.algorithm == nccl::algorithm::nvls_tree && chosen.protocol == nccl::protocol::simple);
static_assert(chosen.time_us > 313 && chosen.time_us < 314);
// [/choose]
static_assert(chosen.time_us > 0);
}  // namespace page

// [machines]
// 72 GPUs in one NVLink domain: 18 NVLinks of 40.1 GB/s are 24 channels of 30 GB/s, as in the preset of B200.
constexpr nccl::machine gb200_nvl72{"GB200 NVL72", 100, nccl::host_cpu::arm, [](std::size_t) {
                                      constexpr nccl::channel_graph each{.channels = 24, .bw_intra = 30, .bw_inter = 30};
                                      return nccl::channel_graphs{.ring = each, .tree = each, .nvls = each};
                                    }};
// 8 A100 as in the preset, but half as many NICs, and Intel.
constexpr nccl::machine a100_4nic{"8x A100, 4 NICs", 80, nccl::host_cpu::intel, [](std::size_t) {
                                    constexpr nccl::channel_graph each{.channels = 24, .bw_intra = 10, .bw_inter = 4.15F};
                                    return nccl::channel_graphs{.ring = each, .tree = each};
                                  }};
// 2 H100 with a bridge: 12 NVLinks of 20.6 GB/s over the 24 channels that its log shows.
constexpr nccl::machine h100_bridge{"2x H100 PCIe", 90, nccl::host_cpu::intel, [](std::size_t) {
                                      constexpr nccl::channel_graph each{.channels = 24, .bw_intra = 10.3F, .bw_inter = 10.3F};
                                      return nccl::channel_graphs{.ring = each, .tree = each};
                                    }};
// [/machines]

enum class unit { us, algbw, busbw };

/// One published measurement.
struct published {
  char const* source;
  nccl::machine machine;
  char const* machine_name;
  std::size_t ranks;
  std::size_t nodes;
  cf::collective_kind kind;
  std::size_t bytes;
  char const* size;
  unit in;
  double value;
  std::optional<nccl::algorithm> forced{};  ///< where NCCL_ALGO was set, or the source names it
};

constexpr auto reduced = cf::collective_kind::all_reduce;
constexpr auto gathered = cf::collective_kind::all_gather;
constexpr std::size_t MiB = std::size_t{1} << 20;
constexpr std::size_t GiB = std::size_t{1} << 30;
constexpr std::size_t GB = 1'000'000'000;
constexpr auto tree = nccl::algorithm::tree;
constexpr auto nvls_tree = nccl::algorithm::nvls_tree;

published const measurements[] = {
    {"coreweave/nccl-tests #43", gb200_nvl72, "GB200 NVL72", 72, 1, reduced, GiB, "1 GiB", unit::us, 3108.8},
    {"coreweave/nccl-tests #43", gb200_nvl72, "GB200 NVL72", 72, 1, reduced, 8 * GiB, "8 GiB", unit::us, 20299},
    {"NVIDIA/nccl-tests #119", a100_4nic, "8x A100, 4 NICs", 24, 3, reduced, 127'926'280, "122 MiB", unit::us, 2560.7},
    {"NVIDIA/nccl-tests #232", nccl::h100_8nic, "h100-8nic", 2, 2, reduced, 2 * MiB, "2 MiB", unit::us, 113.2, tree},
    {"NVIDIA/nccl-tests #232", nccl::h100_8nic, "h100-8nic", 2, 2, reduced, 8 * MiB, "8 MiB", unit::us, 231.4, tree},
    {"NVIDIA/nccl-tests #232", nccl::h100_8nic, "h100-8nic", 2, 2, reduced, 32 * MiB, "32 MiB", unit::us, 812.3, tree},
    {"NVIDIA/nccl #1244", nccl::h100_8nic, "h100-8nic (H20)", 16, 2, reduced, 4, "4 B", unit::us, 47.54, nvls_tree},
    {"NVIDIA/nccl #1244", nccl::h100_8nic, "h100-8nic (H20)", 16, 2, reduced, 128, "128 B", unit::us, 47.76, nvls_tree},
    {"NVIDIA/nccl-tests #194", h100_bridge, "2x H100 PCIe", 2, 1, reduced, GiB, "1 GiB", unit::us, 9306.7},
    {"NVIDIA/nccl-tests #194", h100_bridge, "2x H100 PCIe", 2, 1, reduced, 4 * GiB, "4 GiB", unit::us, 36943},
    {"NVIDIA/nccl-tests #212", nccl::h100_8nic, "h100-8nic", 8, 1, reduced, 16 * GiB, "peak", unit::busbw, 480},
    {"NVIDIA/nccl-tests #290", nccl::h100_8nic, "h100-8nic", 8, 1, reduced, 16 * GiB, "peak", unit::busbw, 476},
    {"NVIDIA/nccl #1218", nccl::h100_8nic, "h100-8nic", 256, 32, gathered, 2 * GiB, "2 GiB", unit::busbw, 200},
    {"NVIDIA/nccl #1218", nccl::h100_8nic, "h100-8nic", 256, 32, reduced, 2 * GiB, "2 GiB", unit::busbw, 340},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 2, 1, gathered, GB, "1 GB", unit::algbw, 537},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 4, 1, gathered, GB, "1 GB", unit::algbw, 434},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 8, 1, gathered, GB, "1 GB", unit::algbw, 394},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 2, 1, reduced, GB, "1 GB", unit::algbw, 324},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 4, 1, reduced, GB, "1 GB", unit::algbw, 236},
    {"meta-pytorch/autoparallel", nccl::h100_8nic, "h100-8nic", 8, 1, reduced, GB, "1 GB", unit::algbw, 267},
};

/// The least time of the candidates that the measurement allows.
nccl::choice predicted_choice(published const& m, nccl::version v) {
  nccl::choice least{.time_us = 1e30F};
  for (nccl::choice const& c : nccl::candidates(m.kind, m.bytes, {m.machine, m.ranks, m.nodes, v}))
    if ((!m.forced || c.algorithm == *m.forced) && c.time_us < least.time_us) least = c;
  return least;
}

/// The time in the unit of the measurement.
double in_unit(published const& m, double time_us) {
  switch (m.in) {
    case unit::us:
      return time_us;
    case unit::algbw:
      return nccl::algorithm_bandwidth(m.bytes, time_us);
    case unit::busbw:
      return nccl::bus_bandwidth(m.kind, m.ranks, m.bytes, time_us);
  }
  return 0;
}

char const* unit_name(unit in) { return in == unit::us ? "us" : in == unit::algbw ? "algbw" : "busbw"; }

template <class... Values>
std::string formatted(char const* format, Values... values) {
  char line[256];
  int const length = std::snprintf(line, sizeof line, format, values...);
  REQUIRE(length > 0);
  REQUIRE(static_cast<std::size_t>(length) < sizeof line);
  return line;
}

/// A version's columns, and the factors by which it misses.
class columns {
 public:
  explicit columns(nccl::version v) : version_(v) {}

  std::string of(published const& m) {
    nccl::choice const c = predicted_choice(m, version_);
    double const predicted = in_unit(m, static_cast<double>(c.time_us));
    double const factor = predicted / m.value;
    logarithms_ += std::abs(std::log(factor));
    ++rows_;
    via_ = std::string(name(c.algorithm)) + " " + std::string(name(c.protocol));
    return formatted(" %8.1f %+6.1f %%", predicted, 100 * (factor - 1));
  }
  /// What the last row went through.
  [[nodiscard]] std::string const& via() const { return via_; }
  /// The geometric mean of max(predicted / published, published / predicted).
  [[nodiscard]] double mean_factor() const { return std::exp(logarithms_ / rows_); }

 private:
  nccl::version version_;
  std::string via_;
  double logarithms_ = 0;
  double rows_ = 0;
};

std::string table() {
  columns now(nccl::version::v2_30);
  columns before(nccl::version::v2_27);
  std::string text = formatted("%-25s %-15s %8s %-10s %-7s %-5s %8s  %-15s %8s %8s %8s %8s\n", "published by", "machine", "on", "call",
                               "size", "unit", "measured", "through", "2.30", "error", "2.27", "error");
  std::size_t rows = 0;
  for (published const& m : measurements) {
    std::string const on = std::to_string(m.ranks) + " / " + std::to_string(m.nodes);
    std::string const by_now = now.of(m);
    std::string const by_before = before.of(m);
    CHECK(now.via() == before.via());  // so that one column names both
    text += formatted("%-25s %-15s %8s %-10s %-7s %-5s %8.1f  %-15s", m.source, m.machine_name, on.c_str(),
                      std::string(name(m.kind)).c_str(), m.size, unit_name(m.in), m.value, now.via().c_str());
    text += by_now + by_before + "\n";
    ++rows;
  }
  return text + formatted("%zu rows; geometric mean of the factor between predicted and measured: 2.30 %.2f, 2.27 %.2f\n", rows,
                          now.mean_factor(), before.mean_factor());
}

}  // namespace

TEST_CASE("NCCL's model beside published measurements", "[docs]") {
  std::ifstream file(COMMFOLD_TEST_DATA "/../docs/wire_nccl.txt", std::ios::binary);
  CHECK(table() == std::string(std::istreambuf_iterator<char>(file), {}));
}
