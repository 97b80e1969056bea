// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/bus_bandwidth.hpp>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using cf::collective_kind;

static_assert(nccl::bus_bandwidth_factor(collective_kind::all_reduce, 8) == nccl::exact_ratio{14, 8});
static_assert(nccl::bus_bandwidth_factor(collective_kind::all_reduce, 8).value() == 1.75);
constexpr bool blocks_of_others = [] {
  using enum collective_kind;
  for (collective_kind const kind : {all_gather, reduce_scatter, all_to_all, gather, scatter})
    if (nccl::bus_bandwidth_factor(kind, 4) != nccl::exact_ratio{3, 4}) return false;
  return true;
}();
static_assert(blocks_of_others);
constexpr bool whole_vector = [] {
  using enum collective_kind;
  for (collective_kind const kind : {broadcast, reduce, send, recv, send_recv})
    if (nccl::bus_bandwidth_factor(kind, 4).value() != 1) return false;
  return true;
}();
static_assert(whole_vector);
static_assert(nccl::bus_bandwidth_factor(collective_kind::all_reduce, 1).value() == 0);

// nccl-tests #119, 24 ranks: 127,926,280 B in 2560.7 us are 49.96 GB/s, 95.75 on the bus.
constexpr bool is_near(double a, double b) { return a - b < 0.005 && b - a < 0.005; }
static_assert(is_near(nccl::algorithm_bandwidth(127'926'280, 2560.7), 49.96));
static_assert(is_near(nccl::bus_bandwidth(collective_kind::all_reduce, 24, 127'926'280, 2560.7), 95.75));

}  // namespace
