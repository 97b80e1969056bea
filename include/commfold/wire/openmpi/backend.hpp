// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/openmpi/backend.hpp
/// Open MPI as a backend of a step on the wire: `openmpi::backend`.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/one_rank.hpp>
#include <commfold/wire/openmpi.hpp>
#include <commfold/wire/point_to_point.hpp>
#include <commfold/wire/scatter.hpp>

#include <cstddef>

namespace commfold::openmpi {

/// `on_wire(traffic, openmpi::backend{}, where)`: each call as Open MPI 4.1 runs the collective of its name, by its fixed rules, or by an
/// algorithm that is set: `openmpi::backend{}.with(openmpi::collective::allreduce, {.algorithm = 4})`. An even all_gather is an
/// MPI_Allgather, one of parts an MPI_Allgatherv; a reduce_scatter likewise an MPI_Reduce_scatter_block or an MPI_Reduce_scatter; a gather
/// or scatter of parts is linear, as coll/basic has it. Payload alone: what its transports add was not measured.
///
/// An all_to_all of parts is known of the rank of the record alone.
///
/// Refused with `invalid_argument`: a message of several dtypes or of elements that are no whole bytes, parts that were not kept, a list of
/// several tensors, and a batch of sends and receives.
class backend {
 public:
  constexpr backend() = default;

  [[nodiscard]] constexpr backend with(collective what, parameters const& set) const {
    backend more = *this;
    more.set_[static_cast<std::size_t>(what)] = set;
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
    auto const run = [&](collective what, std::size_t size, bytes_by_rank counts = {}) {
      openmpi::call const as{what, ranks, size, is_rooted(c.kind()) ? c.root() : 0, element_of(one), counts, true};
      with_schedule(as, set_[static_cast<std::size_t>(what)], use);
    };
    switch (c.kind()) {
      case collective_kind::all_reduce:
        return run(collective::allreduce, bytes.message_bytes);
      case collective_kind::all_gather:
        return even ? run(collective::allgather, block_of(c, bytes.message_bytes))
                    : run(collective::allgatherv, bytes.message_bytes, one.output_parts());
      case collective_kind::reduce_scatter:
        return even ? run(collective::reduce_scatter_block, block_of(c, bytes.message_bytes))
                    : run(collective::reduce_scatter, bytes.message_bytes, one.input_parts());
      case collective_kind::broadcast:
        return run(collective::bcast, bytes.message_bytes);
      case collective_kind::reduce:
        return run(collective::reduce, bytes.message_bytes);
      case collective_kind::gather:
        if (!even) return use(wire::gather::linear(wire::blocks::of(one.output_parts()), c.root()));
        return run(collective::gather, block_of(c, bytes.message_bytes));
      case collective_kind::scatter:
        if (!even) return use(wire::scatter::linear(wire::blocks::of(one.input_parts()), c.root()));
        return run(collective::scatter, block_of(c, bytes.message_bytes));
      case collective_kind::all_to_all:
        if (!even)
          return use(wire::one_rank(wire::splits_of_one_rank(blocks_of(c, bytes.input_bytes, one.input_parts()),
                                                             blocks_of(c, bytes.output_bytes, one.output_parts())),
                                    c.rank()));
        return run(collective::alltoall, block_of(c, bytes.input_bytes));
      case collective_kind::send:
        return use(wire::one_rank(wire::point_to_point::send(ranks, c.rank(), c.peer(), bytes.message_bytes), c.rank()));
      case collective_kind::recv:
        return use(wire::one_rank(wire::point_to_point::recv(ranks, c.rank(), c.peer(), bytes.message_bytes), c.rank()));
      case collective_kind::barrier:
        return run(collective::barrier, 0);
      case collective_kind::send_recv:
        break;
      case collective_kind::wait:
        return;
    }
    wire::refuse(verb, c);
  }

 private:
  static constexpr char const* verb = "commfold::openmpi::backend";

  static constexpr bool is_rooted(collective_kind kind) {
    return kind == collective_kind::broadcast || kind == collective_kind::reduce || kind == collective_kind::gather ||
           kind == collective_kind::scatter;
  }
  static constexpr std::size_t element_of(call_record const& one) {
    if (one.kind() == collective_kind::barrier) return 1;
    if (!one.dtype() || bits(*one.dtype()) % 8 != 0)
      commfold::detail::fail<invalid_argument>(verb, "the elements of {} are not of one dtype of whole bytes", one.op());
    return bits(*one.dtype()) / 8;
  }
  static constexpr std::size_t block_of(wire::call const& c, std::size_t all) {
    if (all % c.ranks() != 0)
      commfold::detail::fail<invalid_argument>(verb, "{} B of {} do not divide into equal blocks of {} ranks", all, c.record().op(),
                                               c.ranks());
    return all / c.ranks();
  }

  static constexpr wire::blocks blocks_of(wire::call const& c, std::size_t all, bytes_by_rank parts) {
    return parts.empty() ? wire::blocks::equal(block_of(c, all), c.ranks()) : wire::blocks::of(parts);
  }

  parameters set_[12]{};
};

}  // namespace commfold::openmpi
