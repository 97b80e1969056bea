// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/choice.hpp
/// Which algorithm and which protocol NCCL takes for a call, and the time that it expects.
///
/// Source: NCCL 2.30.7 and 2.27.5, `ncclTopoGetAlgoTime` of src/graph/tuning.cc and `ncclGetAlgoInfo` of src/enqueue.cc (Apache-2.0),
/// restated.

#include <commfold/op/collective_kind.hpp>
#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/constants.hpp>
#include <commfold/wire/nccl/topology.hpp>
#include <commfold/wire/nccl/tuning.hpp>

#include <array>
#include <cstddef>

namespace commfold::nccl {

/// An algorithm, a protocol, and the time in us that NCCL expects of them.
struct choice {
  nccl::algorithm algorithm = nccl::algorithm::ring;
  nccl::protocol protocol = nccl::protocol::simple;
  float time_us = 0;
  constexpr bool operator==(choice const&) const = default;
};

/// The choices that NCCL compares, in its order.
class choice_list {
 public:
  [[nodiscard]] constexpr choice const* begin() const noexcept { return choices_.data(); }
  [[nodiscard]] constexpr choice const* end() const noexcept { return choices_.data() + size_; }
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  constexpr void push_back(choice const& c) { choices_[size_++] = c; }

 private:
  std::array<choice, all_algorithms.size() * all_protocols.size()> choices_{};
  std::size_t size_ = 0;
};

namespace detail {

/// How many columns of `tree_corrections` an algorithm uses; 0 where its bandwidth is not corrected.
constexpr std::size_t corrected_sizes(collective_kind kind, algorithm a, topology const& on) noexcept {
  if (kind != collective_kind::all_reduce) return 0;
  if (a == algorithm::tree) return 23;
  bool const corrected =
      a == algorithm::nvls_tree && on.version() != version::v2_27 && on.generation() == generation::blackwell && on.cpu() != host_cpu::arm;
  return corrected ? 24 : 0;
}

constexpr float tree_correction(collective_kind kind, algorithm a, protocol p, std::size_t bytes, topology const& on) noexcept {
  if (bytes < 64) return 1;
  std::size_t const size = floor_log2(bytes / 64);
  return size < corrected_sizes(kind, a, on) ? tree_corrections[at(p)][size] : 1;
}

/// Whether an all_reduce in a ring is so large that NCCL expects a longer latency of it.
constexpr bool is_on_ring_plateau(collective_kind kind, algorithm a, protocol p, std::size_t bytes, topology const& on) noexcept {
  return a == algorithm::ring && p == protocol::simple && on.nodes() > 1 && kind == collective_kind::all_reduce &&
         bytes / on.graph(a).channels / on.ranks() >= 64;
}

constexpr float time_of(collective_kind kind, algorithm a, protocol p, std::size_t bytes, topology const& on) {
  tuning const model = tuning_of(kind, a, p, on);
  float const bandwidth = model.bandwidth * tree_correction(kind, a, p, bytes, on);
  double const longer = on.compute_capability() < 80 ? 1.9 : 1.4;
  bool const plateau = is_on_ring_plateau(kind, a, p, bytes, on);
  float const latency = plateau ? rounded(to_float(to_double(model.latency_us) * longer)) : model.latency_us;
  return latency + to_float(bytes) / (1000 * bandwidth);
}

}  // namespace detail

/// The time of every candidate for one call of `message_bytes` bytes, which are NCCL's element size * max(send count, receive count): N of
/// an all_reduce, a broadcast and a reduce, the whole vector, all ranks' blocks, of an all_gather and a reduce_scatter.
///
///     time = latency + bytes / (1000 * bandwidth)
///
/// where the bandwidth of Tree is corrected for an all_reduce by floor(lg(bytes / 64)) from 0 to 22, that of NVLSTree on Blackwell and x86
/// from 0 to 23, and the latency of Ring under Simple is 1.4 times as long for an all_reduce on several nodes of 64 B and more a channel
/// and rank (1.9 times below a compute capability of 80). The list of a communicator of one rank is {Ring, Simple, 0}, as in NCCL. A kind
/// that is not in the model, as all_to_all, is an `invalid_argument`: NCCL runs it as sends and receives, for which it estimates nothing.
[[nodiscard]] constexpr choice_list candidates(collective_kind kind, std::size_t message_bytes, topology const& on) {
  detail::check_kind("commfold::nccl::candidates", kind);
  choice_list all;
  for (algorithm const a : all_algorithms)
    for (protocol const p : all_protocols)
      if (is_candidate(kind, a, p, on)) all.push_back({a, p, detail::time_of(kind, a, p, message_bytes, on)});
  if (on.ranks() == 1) all.push_back({});
  return all;
}

/// What NCCL takes: the first of the `candidates` with the least time.
[[nodiscard]] constexpr choice choose(collective_kind kind, std::size_t message_bytes, topology const& on) {
  detail::check_kind("commfold::nccl::choose", kind);
  choice_list const all = candidates(kind, message_bytes, on);
  choice least = *all.begin();
  for (choice const& candidate : all)
    if (candidate.time_us < least.time_us) least = candidate;
  return least;
}

}  // namespace commfold::nccl
