// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/nccl/choice.hpp>

#include <cstddef>

namespace {
namespace cf = commfold;
namespace nccl = commfold::nccl;
using cf::collective_kind;
using nccl::algorithm;
using nccl::protocol;
using nccl::topology;

constexpr topology two_nodes(nccl::h100_8nic, 16, 2);
constexpr nccl::choice large = nccl::choose(collective_kind::all_reduce, 4'294'967'296, two_nodes);
static_assert(large.algorithm == algorithm::nvls_tree && large.protocol == protocol::simple);
static_assert(nccl::choose(collective_kind::broadcast, 64, two_nodes).protocol == protocol::ll);

// The list is in NCCL's order, and the choice the least of it.
constexpr nccl::choice_list all = nccl::candidates(collective_kind::all_reduce, 1'048'576, two_nodes);
static_assert(all.size() == 7 && all.begin()->algorithm == algorithm::tree && (all.end() - 1)->algorithm == algorithm::nvls_tree);
constexpr bool is_least = [] {
  nccl::choice const chosen = nccl::choose(collective_kind::all_reduce, 1'048'576, two_nodes);
  for (nccl::choice const& c : all)
    if (c.time_us < chosen.time_us) return false;
  return true;
}();
static_assert(is_least);

// One rank moves nothing.
static_assert(nccl::choose(collective_kind::all_reduce, 1 << 20, topology(nccl::h100_8nic, 1, 1)) ==
              nccl::choice{algorithm::ring, protocol::simple, 0});
static_assert(nccl::candidates(collective_kind::all_gather, 0, topology(nccl::h100_8nic, 1, 1)).size() == 1);

/// The time of one candidate.
constexpr float time(collective_kind kind, algorithm a, protocol p, std::size_t bytes, topology const& on) {
  for (nccl::choice const& c : nccl::candidates(kind, bytes, on))
    if (c.algorithm == a && c.protocol == p) return c.time_us;
  return -1;
}
constexpr nccl::tuning tuned(algorithm a, protocol p, topology const& on) { return nccl::tuning_of(collective_kind::all_reduce, a, p, on); }
constexpr float plain_time(nccl::tuning t, float bytes, float correction = 1) {
  return t.latency_us + bytes / (1000 * (t.bandwidth * correction));
}

// No bytes take the latency. Below 64 B nothing is corrected, at 64 B the first column is, beyond the last nothing is again.
static_assert(time(collective_kind::all_reduce, algorithm::tree, protocol::simple, 0, two_nodes) ==
              tuned(algorithm::tree, protocol::simple, two_nodes).latency_us);
static_assert(time(collective_kind::all_reduce, algorithm::tree, protocol::simple, 63, two_nodes) ==
              plain_time(tuned(algorithm::tree, protocol::simple, two_nodes), 63));
static_assert(time(collective_kind::all_reduce, algorithm::tree, protocol::simple, 64, two_nodes) ==
              plain_time(tuned(algorithm::tree, protocol::simple, two_nodes), 64, 0.9F));
static_assert(time(collective_kind::all_reduce, algorithm::tree, protocol::simple, (std::size_t{64} << 23) - 64, two_nodes) ==
              plain_time(tuned(algorithm::tree, protocol::simple, two_nodes), (std::size_t{64} << 23) - 64, 0.9F));
static_assert(time(collective_kind::all_reduce, algorithm::tree, protocol::simple, std::size_t{64} << 23, two_nodes) ==
              plain_time(tuned(algorithm::tree, protocol::simple, two_nodes), std::size_t{64} << 23));

// NVLSTree is corrected on Blackwell with x86, one size further than Tree.
constexpr topology b200(nccl::b200_8nic, 16, 2);
constexpr topology b200_2_27(nccl::b200_8nic, 16, 2, nccl::version::v2_27);
constexpr topology gb200({"gb200", 100, nccl::host_cpu::arm, nccl::b200_8nic.graphs}, 16, 2);
constexpr std::size_t at_23 = std::size_t{64} << 23;
static_assert(time(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, at_23, b200) ==
              plain_time(tuned(algorithm::nvls_tree, protocol::simple, b200), at_23, 0.9F));
static_assert(time(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, at_23, gb200) ==
              plain_time(tuned(algorithm::nvls_tree, protocol::simple, gb200), at_23));
static_assert(time(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, at_23, b200_2_27) ==
              plain_time(tuned(algorithm::nvls_tree, protocol::simple, b200_2_27), at_23));
static_assert(time(collective_kind::all_reduce, algorithm::nvls_tree, protocol::simple, at_23, two_nodes) ==
              plain_time(tuned(algorithm::nvls_tree, protocol::simple, two_nodes), at_23));

// The ring's plateau begins at 64 B for each channel and rank: 64 * 8 * 16.
static_assert(time(collective_kind::all_reduce, algorithm::ring, protocol::simple, 8191, two_nodes) ==
              plain_time(tuned(algorithm::ring, protocol::simple, two_nodes), 8191));
static_assert(time(collective_kind::all_reduce, algorithm::ring, protocol::simple, 8192, two_nodes) -
                  tuned(algorithm::ring, protocol::simple, two_nodes).latency_us >
              50);
static_assert(time(collective_kind::all_reduce, algorithm::ring, protocol::simple, 8192, topology(nccl::h100_8nic, 8, 1)) < 57);

}  // namespace
