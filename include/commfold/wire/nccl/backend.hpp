// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/nccl/backend.hpp
/// PyTorch on NCCL as a backend of a step on the wire, and NCCL's own model as its timing: `nccl::backend`, `nccl::timing`.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/all_gather.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/all_to_all.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/nccl/algorithms.hpp>
#include <commfold/wire/nccl/choice.hpp>
#include <commfold/wire/nccl/machine.hpp>
#include <commfold/wire/nccl/nvls_tree.hpp>
#include <commfold/wire/nccl/topology.hpp>
#include <commfold/wire/one_rank.hpp>
#include <commfold/wire/point_to_point.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/reduce_scatter.hpp>
#include <commfold/wire/scatter.hpp>

#include <cstddef>

namespace commfold::nccl {

namespace detail {

/// The bytes that NCCL counts for a call: element size * max(send count, receive count), over all ranks' blocks.
constexpr std::size_t counted_bytes(call_record const& one) {
  return one.kind() == collective_kind::barrier ? 4 : one.bytes().message_bytes;
}

/// The kind of collective that NCCL runs: PyTorch's barrier is an all_reduce of one float (ProcessGroupNCCL.cpp, 2.14).
constexpr collective_kind run_as(collective_kind kind) { return kind == collective_kind::barrier ? collective_kind::all_reduce : kind; }

constexpr topology topology_of(machine const& on, version of, wire::call const& c) {
  wire::group_shape const shape = c.shape();
  if (shape.nodes == 0)
    commfold::detail::fail<invalid_argument>(
        "commfold::nccl", "the ranks of '{}' do not lie alike on nodes, and NCCL's model knows no other groups", c.record().group());
  return topology(on, c.ranks(), shape.nodes, of);
}

}  // namespace detail

/// `on_wire(traffic, nccl::backend{nccl::h100_8nic}, where)`: for each call the algorithm and protocol that NCCL chooses by its model, or
/// those that are forced, as `NCCL_ALGO` and `NCCL_PROTO` do; bytes are those of the protocol's lines, counted over all that goes to one
/// peer. The first kind of domain of the placement is the node; without one all ranks are on one node.
///
/// - all_reduce: Ring, Tree, NVLS or NVLSTree; all_gather, reduce_scatter: Ring, NVLS or PAT; broadcast, reduce: Ring, a pipelined chain.
///   A list of parts is a broadcast or a reduce of each part, as PyTorch runs it.
/// - all_to_all, gather, scatter, send and recv are NCCL's sends and receives, payload alone.
///
/// Bytes by peer are those between consecutive ranks of the group; NCCL may order its rings and trees otherwise, which changes who the
/// neighbours are and not how much each rank sends. Refused with `invalid_argument`: a group that does not lie alike on nodes, a number of
/// ranks on a node that the machine has no graph of, CollNet, parts that were not kept, a list of several tensors, a batch of sends and
/// receives.
class backend {
 public:
  constexpr explicit backend(machine const& on, version of = version::v2_30) : machine_(on), version_(of) {}

  /// With this algorithm and protocol for this kind of collective, whatever the size.
  [[nodiscard]] constexpr backend with(collective_kind kind, algorithm a, protocol p) const {
    backend more = *this;
    more.forced_[static_cast<std::size_t>(kind)] = {a, p, true};
    return more;
  }

  template <class Use>
  constexpr void schedules_of(wire::call const& c, Use&& use) const {
    call_record const& one = c.record();
    call_bytes const bytes = one.bytes();
    std::size_t const ranks = c.ranks();
    if (one.parts() == parts_state::not_kept)
      commfold::detail::fail<invalid_argument>(verb, "a record of {} does not hold its parts; a larger ledger keeps them", one.op());
    wire::refuse_several(verb, c);
    bool const even = one.parts() == parts_state::even;
    switch (c.kind()) {
      case collective_kind::all_reduce:
      case collective_kind::barrier:
        return all_reduce(c, use);
      case collective_kind::all_gather:
        if (even) return all_gather(c, use);
        for (std::size_t root = 0; root != ranks; ++root) broadcast(c, one.output_parts()[root], root, use);
        return;
      case collective_kind::reduce_scatter:
        if (even) return reduce_scatter(c, use);
        for (std::size_t root = 0; root != ranks; ++root) reduce(c, one.input_parts()[root], root, use);
        return;
      case collective_kind::broadcast:
        return broadcast(c, bytes.message_bytes, c.root(), use);
      case collective_kind::reduce:
        return reduce(c, bytes.message_bytes, c.root(), use);
      case collective_kind::gather:
        return use(wire::gather::linear(blocks_of(c, bytes.message_bytes, one.output_parts()), c.root()));
      case collective_kind::scatter:
        return use(wire::scatter::linear(blocks_of(c, bytes.message_bytes, one.input_parts()), c.root()));
      case collective_kind::all_to_all:
        if (even) return use(wire::all_to_all::linear(wire::all_to_all::pair_bytes::equal(blocks_of(c, bytes.input_bytes, {})[0], ranks)));
        return use(wire::one_rank(wire::splits_of_one_rank(blocks_of(c, bytes.input_bytes, one.input_parts()),
                                                           blocks_of(c, bytes.output_bytes, one.output_parts())),
                                  c.rank()));
      case collective_kind::send:
        return use(wire::one_rank(wire::point_to_point::send(ranks, c.rank(), c.peer(), bytes.message_bytes), c.rank()));
      case collective_kind::recv:
        return use(wire::one_rank(wire::point_to_point::recv(ranks, c.rank(), c.peer(), bytes.message_bytes), c.rank()));
      case collective_kind::send_recv:
        break;
      case collective_kind::wait:
        return;
    }
    wire::refuse(verb, c);
  }

 private:
  static constexpr char const* verb = "commfold::nccl::backend";

  struct taken {
    algorithm with = algorithm::ring;
    protocol in = protocol::simple;
    bool is_forced = false;

    [[nodiscard]] constexpr wire::framing framing() const {
      auto const [payload, wire] = line_of(in);
      return {.line_payload = payload, .line_bytes = wire};
    }
  };

  [[nodiscard]] constexpr taken take(wire::call const& c, collective_kind kind, std::size_t bytes) const {
    taken const& forced = forced_[static_cast<std::size_t>(kind)];
    if (forced.is_forced || c.ranks() == 1) return forced;
    choice const made = choose(kind, bytes, detail::topology_of(machine_, version_, c));
    return {made.algorithm, made.protocol, false};
  }

  [[noreturn]] static constexpr void refuse_algorithm(wire::call const& c, algorithm a) {
    commfold::detail::fail<invalid_argument>(verb, "what NCCL's {} sends for {} is not known", name(a), c.record().op());
  }

  template <class Use>
  constexpr void all_reduce(wire::call const& c, Use& use) const {
    std::size_t const bytes = detail::counted_bytes(c.record());
    std::size_t const element = element_of(c.record());
    taken const t = take(c, collective_kind::all_reduce, bytes);
    if (t.with == algorithm::ring) return use(wire::all_reduce::ring(wire::blocks::of_vector(bytes, c.ranks(), element)), t.framing());
    if (t.with == algorithm::tree) return use(wire::all_reduce::double_binary_tree(c.ranks(), bytes, element), t.framing());
    if (t.with == algorithm::nvls) return use(wire::all_reduce::nvls(wire::blocks::of_vector(bytes, c.ranks(), element)), t.framing());
    if (t.with == algorithm::nvls_tree) return use(nvls_tree(c.ranks(), bytes, c.shape().ranks_per_node, element), t.framing());
    refuse_algorithm(c, t.with);
  }
  template <class Use>
  constexpr void all_gather(wire::call const& c, Use& use) const {
    std::size_t const bytes = c.record().bytes().message_bytes;
    taken const t = take(c, collective_kind::all_gather, bytes);
    wire::blocks const of = blocks_of(c, bytes, {});
    if (t.with == algorithm::ring) return use(wire::all_gather::ring(of), t.framing());
    if (t.with == algorithm::nvls) return use(wire::all_gather::nvls(of), t.framing());
    if (t.with == algorithm::pat) return use(wire::all_gather::pat(of), t.framing());
    refuse_algorithm(c, t.with);
  }
  template <class Use>
  constexpr void reduce_scatter(wire::call const& c, Use& use) const {
    std::size_t const bytes = c.record().bytes().message_bytes;
    taken const t = take(c, collective_kind::reduce_scatter, bytes);
    wire::blocks const of = blocks_of(c, bytes, {});
    if (t.with == algorithm::ring) return use(wire::reduce_scatter::ring(of), t.framing());
    if (t.with == algorithm::nvls) return use(wire::reduce_scatter::nvls(of), t.framing());
    if (t.with == algorithm::pat) return use(wire::detail::reversed(wire::all_gather::pat(of)), t.framing());  // as NCCL builds it
    refuse_algorithm(c, t.with);
  }
  template <class Use>
  constexpr void broadcast(wire::call const& c, std::size_t bytes, std::size_t root, Use& use) const {
    taken const t = take(c, collective_kind::broadcast, bytes);
    if (t.with != algorithm::ring) refuse_algorithm(c, t.with);
    use(wire::broadcast::chain(c.ranks(), bytes, root), t.framing());
  }
  template <class Use>
  constexpr void reduce(wire::call const& c, std::size_t bytes, std::size_t root, Use& use) const {
    taken const t = take(c, collective_kind::reduce, bytes);
    if (t.with != algorithm::ring) refuse_algorithm(c, t.with);
    use(wire::reduce::chain(c.ranks(), bytes, root), t.framing());
  }

  static constexpr std::size_t element_of(call_record const& one) {
    return one.dtype() && bits(*one.dtype()) % 8 == 0 ? bits(*one.dtype()) / 8 : 1;
  }
  static constexpr wire::blocks blocks_of(wire::call const& c, std::size_t all, bytes_by_rank parts) {
    if (!parts.empty()) return wire::blocks::of(parts);
    if (all % c.ranks() != 0)
      commfold::detail::fail<invalid_argument>(verb, "{} B of {} do not divide into equal blocks of {} ranks", all, c.record().op(),
                                               c.ranks());
    return wire::blocks::equal(all / c.ranks(), c.ranks());
  }

  machine machine_;
  version version_;
  taken forced_[16]{};
};

/// `on_wire(traffic, nccl::backend{on}, where, nccl::timing{on})`: the time that NCCL's model expects of each call, `choice::time_us`; see
/// docs/wire.md for how far it is from measurements. Refused with `invalid_argument`: what NCCL estimates nothing for, such as all_to_all,
/// and what `nccl::backend` refuses.
class timing {
 public:
  constexpr explicit timing(machine const& on, version of = version::v2_30) : machine_(on), version_(of) {}

  template <class Backend>
  [[nodiscard]] constexpr double microseconds_of_call(Backend const&, wire::call const& c, wire::group_place const&,
                                                      wire::cluster const&) const {
    if (c.ranks() == 1) return 0;
    if (c.record().parts() != parts_state::even)
      commfold::detail::fail<invalid_argument>("commfold::nccl::timing",
                                               "NCCL runs {} of parts as several calls, and estimates nothing for it", c.record().op());
    wire::refuse_several("commfold::nccl::timing", c);
    collective_kind const kind = detail::run_as(c.kind());
    return static_cast<double>(choose(kind, detail::counted_bytes(c.record()), detail::topology_of(machine_, version_, c)).time_us);
  }

 private:
  machine machine_;
  version version_;
};

}  // namespace commfold::nccl
