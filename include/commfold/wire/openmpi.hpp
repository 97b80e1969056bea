// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/openmpi.hpp
/// What Open MPI 4.1 sends: the schedule of a call, by the algorithm that is given or that Open MPI chooses, with its fallbacks. Equal to
/// what real processes of 4.1.4 sent, message by message, for every algorithm measured (tests/runtime/wire/openmpi_test.cpp).

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/all_gather.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/all_to_all.hpp>
#include <commfold/wire/barrier.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/broadcast.hpp>
#include <commfold/wire/gather.hpp>
#include <commfold/wire/in_sequence.hpp>
#include <commfold/wire/openmpi/algorithm.hpp>
#include <commfold/wire/openmpi/decision.hpp>
#include <commfold/wire/reduce.hpp>
#include <commfold/wire/reduce_scatter.hpp>
#include <commfold/wire/scatter.hpp>
#include <commfold/wire/schedule.hpp>
#include <commfold/wire/trees.hpp>

#include <bit>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace commfold::openmpi {

namespace detail {

using namespace commfold::wire::detail;

/// What a decision sets: no segments, and chains of one.
[[nodiscard]] constexpr parameters decided(call const& c) { return {decide(c), 0, 0, 4, 0}; }

[[noreturn]] constexpr void fail_number(call const& c, unsigned algorithm) {
  fail<invalid_argument>("commfold::openmpi", "{} has no algorithm {}", name_of(c.what), std::size_t{algorithm});
}

/// The bytes of a segment: whole elements, rounded to the nearest number of them; 0 where the vector goes in one piece.
[[nodiscard]] constexpr std::size_t segment_of(call const& c, std::size_t wanted) noexcept {
  if (wanted < c.element || wanted >= c.bytes) return 0;
  std::size_t const left = wanted % c.element;
  return wanted - left + (left > c.element / 2 ? c.element : 0);
}

template <class Use>
using result_of = decltype(std::declval<Use&>()(std::declval<wire::nothing const&>()));

template <class Use>
constexpr result_of<Use> with_bcast(call const& c, parameters const& with, Use& use) {
  namespace broadcast = wire::broadcast;
  std::size_t const p = c.ranks;
  std::size_t const elements = c.bytes / c.element;
  std::size_t const segment = segment_of(c, with.segment_size);
  switch (with.algorithm) {
    case 1:
      return use(broadcast::linear(p, c.bytes, c.root));
    case 2:
      return use(broadcast::chain(wire::trees::chain(p, with.chain_fanout), c.bytes, c.root, segment));
    case 3:
      return use(broadcast::chain(p, c.bytes, c.root, segment));
    case 4: {
      std::size_t const size = with.segment_size == 0 ? 0 : (with.segment_size < c.element ? c.element : with.segment_size);
      if (elements < 2 || size > elements / 2 * c.element) return use(broadcast::chain(p, c.bytes, c.root, segment));
      return use(broadcast::split_binary(p, c.bytes, c.root, size - size % c.element, c.element));
    }
    case 5:
      return use(broadcast::binary(p, c.bytes, c.root, segment));
    case 6:
      return use(broadcast::high_bit_binomial(p, c.bytes, c.root, segment));
    case 7:
      return use(broadcast::k_nomial(wire::trees::k_nomial(p, with.knomial_radix), c.bytes, c.root, segment));
    case 8:
      if (elements < p) return use(broadcast::linear(p, c.bytes, c.root));
      return use(broadcast::scatter_all_gather_by_doubling(p, c.bytes, c.root, c.element));
    case 9:
      if (elements < p) return use(broadcast::linear(p, c.bytes, c.root));
      return use(broadcast::scatter_all_gather_ring(p, c.bytes, c.root, c.element));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_reduce(call const& c, parameters const& with, Use& use) {
  namespace reduce = wire::reduce;
  std::size_t const p = c.ranks;
  std::size_t const segment = segment_of(c, with.segment_size);
  switch (with.algorithm) {
    case 1:
      return use(reduce::linear(p, c.bytes, c.root));
    case 2:
      return use(reduce::chain(wire::trees::chain(p, with.chain_fanout), c.bytes, c.root, segment));
    case 3:
      return use(reduce::chain(p, c.bytes, c.root, segment));
    case 4:
      return use(reduce::binary(p, c.bytes, c.root, segment));
    case 5:
      return use(reduce::low_bit_binomial(p, c.bytes, c.root, segment));
    case 6:
      return use(reduce::in_order_binary(p, c.bytes, c.root, segment));
    case 7:
      if (!c.commutative || c.bytes / c.element < std::bit_floor(p)) return use(reduce::linear(p, c.bytes, c.root));
      return use(reduce::rabenseifner(p, c.bytes, c.root, c.element));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_gather(call const& c, parameters const& with, Use& use) {
  wire::blocks const of = wire::blocks::equal(c.bytes, c.ranks);
  switch (with.algorithm) {
    case 1:
      return use(wire::gather::linear(of, c.root));
    case 2:
      return use(wire::gather::low_bit_binomial(of, c.root));
    case 3:
      return use(wire::gather::linear_with_sync(of, c.root, segment_of(c, with.segment_size)));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_scatter(call const& c, parameters const& with, Use& use) {
  wire::blocks const of = wire::blocks::equal(c.bytes, c.ranks);
  switch (with.algorithm) {
    case 1:
    case 3:
      return use(wire::scatter::linear(of, c.root));
    case 2:
      return use(wire::scatter::low_bit_binomial(of, c.root));
    default:
      fail_number(c, with.algorithm);
  }
}

/// A collective within another: its root is rank 0, and the rules decide on its algorithm. A schedule that finds it at each question, since
/// a type for each pair of algorithms would be ten times as many.
template <collective What>
class decided_part {
 public:
  constexpr explicit decided_part(call const& c) : call_(c), with_(decided(c)) {}

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return call_.ranks; }
  [[nodiscard]] constexpr std::size_t round_count() const {
    auto const count = [](auto const& s) {
      if constexpr (counts_its_rounds<std::remove_cvref_t<decltype(s)>>)
        return s.round_count();
      else
        return wire::rounds(s);
    };
    return ask(count);
  }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    auto const each = [&](auto const& s) { s.sends_of(rank, sink); };
    ask(each);
  }

 private:
  template <class Use>
  constexpr auto ask(Use& use) const {
    if constexpr (What == collective::bcast)
      return with_bcast(call_, with_, use);
    else if constexpr (What == collective::reduce)
      return with_reduce(call_, with_, use);
    else if constexpr (What == collective::gather)
      return with_gather(call_, with_, use);
    else
      return with_scatter(call_, with_, use);
  }

  call call_;
  parameters with_;
};

/// The call of a part.
[[nodiscard]] constexpr call part_of(call const& c, collective what, std::size_t bytes, std::size_t element) {
  return {what, c.ranks, bytes, 0, element, {}, c.commutative};
}

template <class Use>
constexpr result_of<Use> with_allreduce(call const& c, parameters const& with, Use& use) {
  namespace all_reduce = wire::all_reduce;
  std::size_t const p = c.ranks;
  std::size_t const elements = c.bytes / c.element;
  switch (with.algorithm) {
    case 1:
      return use(all_reduce::linear(p, c.bytes));
    case 2:
      return use(wire::in_sequence(decided_part<collective::reduce>(part_of(c, collective::reduce, c.bytes, c.element)),
                                   decided_part<collective::bcast>(part_of(c, collective::bcast, c.bytes, c.element))));
    case 5:
      if (std::size_t const segment = segment_of(c, with.segment_size); segment != 0 && c.bytes / segment >= p)
        return use(all_reduce::segmented_ring(p, c.bytes, segment, c.element));
      [[fallthrough]];
    case 4:
      if (elements >= p) return use(all_reduce::ring(wire::blocks::of_vector(c.bytes, p, c.element)));
      [[fallthrough]];
    case 3:
      return use(all_reduce::recursive_doubling(p, c.bytes));
    case 6:
      if (!c.commutative || elements < std::bit_floor(p)) return use(all_reduce::linear(p, c.bytes));
      return use(all_reduce::rabenseifner(p, c.bytes, c.element));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_all_gathered(call const& c, wire::blocks const& of, parameters const& with, Use& use) {
  namespace all_gather = wire::all_gather;
  // allgatherv has no recursive doubling, so the algorithms after it have lower numbers.
  unsigned const number = c.what == collective::allgatherv && with.algorithm > 2 ? with.algorithm + 1 : with.algorithm;
  switch (number) {
    case 3:
      if (std::has_single_bit(c.ranks)) return use(all_gather::recursive_doubling(of));
      [[fallthrough]];
    case 2:
      return use(all_gather::bruck(of));
    case 5:
      if (c.ranks % 2 == 0) return use(all_gather::neighbor_exchange(of));
      [[fallthrough]];
    case 4:
      return use(all_gather::ring(of));
    case 6:
      return use(all_gather::two_proc(of));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_allgather(call const& c, parameters const& with, Use& use) {
  if (with.algorithm == 1) {
    std::size_t const all = checked_multiply(c.bytes, c.ranks, "commfold::openmpi");
    return use(wire::in_sequence(decided_part<collective::gather>(part_of(c, collective::gather, c.bytes, c.element)),
                                 decided_part<collective::bcast>(part_of(c, collective::bcast, all, c.element))));
  }
  return with_all_gathered(c, wire::blocks::equal(c.bytes, c.ranks), with, use);
}

template <class Use>
constexpr result_of<Use> with_allgatherv(call const& c, parameters const& with, Use& use) {
  wire::blocks const of = blocks_of(c);
  if (of.total() == 0) return use(wire::nothing(c.ranks));
  // The broadcast is of one element of a type that holds all blocks.
  if (with.algorithm == 1)
    return use(wire::in_sequence(wire::gather::linear(of),
                                 decided_part<collective::bcast>(part_of(c, collective::bcast, of.total(), of.total()))));
  return with_all_gathered(c, of, with, use);
}

template <class Use>
constexpr result_of<Use> with_alltoall(call const& c, wire::all_to_all::pair_bytes const& of, parameters const& with, Use& use) {
  namespace all_to_all = wire::all_to_all;
  bool const v = c.what == collective::alltoallv;
  switch (v && with.algorithm > 2 ? 0 : with.algorithm) {
    case 1:
      return use(all_to_all::linear(of));
    case 2:
      return use(all_to_all::pairwise(of));
    case 3:
      return use(all_to_all::bruck(c.bytes, c.ranks));
    case 4:
      return use(all_to_all::linear(of, with.max_requests));
    case 5:
      return use(all_to_all::two_proc(of));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_barrier(call const& c, parameters const& with, Use& use) {
  namespace barrier = wire::barrier;
  switch (with.algorithm) {
    case 1:
      return use(barrier::linear(c.ranks));
    case 2:
      return use(barrier::double_ring(c.ranks));
    case 3:
      return use(barrier::recursive_doubling(c.ranks));
    case 4:
      return use(barrier::dissemination(c.ranks));
    case 5:
      return use(barrier::two_proc(c.ranks));
    case 6:
      return use(barrier::low_bit_binomial(c.ranks));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_reduce_scatter(call const& c, parameters const& with, Use& use) {
  namespace reduce_scatter = wire::reduce_scatter;
  wire::blocks const of = blocks_of(c);
  if (of.total() == 0) return use(wire::nothing(c.ranks));
  switch (with.algorithm) {
    case 1:
      return use(wire::in_sequence(decided_part<collective::reduce>(part_of(c, collective::reduce, of.total(), c.element)),
                                   wire::scatter::linear(of)));
    case 2:
      return use(reduce_scatter::recursive_halving(of));
    case 3:
      return use(reduce_scatter::ring(of));
    case 4:
      return use(reduce_scatter::butterfly(of));
    default:
      fail_number(c, with.algorithm);
  }
}

template <class Use>
constexpr result_of<Use> with_reduce_scatter_block(call const& c, parameters const& with, Use& use) {
  namespace reduce_scatter = wire::reduce_scatter;
  wire::blocks const of = wire::blocks::equal(c.bytes, c.ranks);
  unsigned number = with.algorithm;
  // Its counts are ints.
  if (number == 2 && of.total() / c.element > 0x7FFF'FFFFU) number = 1;
  if (number == 3 && !c.commutative) number = 1;
  switch (number) {
    case 1:
      return use(wire::in_sequence(decided_part<collective::reduce>(part_of(c, collective::reduce, of.total(), c.element)),
                                   decided_part<collective::scatter>(part_of(c, collective::scatter, c.bytes, c.element))));
    case 2:
      return use(reduce_scatter::recursive_doubling(of));
    case 3:
      return use(reduce_scatter::recursive_halving(of));
    case 4:
      return use(reduce_scatter::butterfly(
          of, std::has_single_bit(c.ranks) ? reduce_scatter::mirroring::beforehand : reduce_scatter::mirroring::afterwards));
    default:
      fail_number(c, with.algorithm);
  }
}

struct with_schedule_fn {
  template <class Use>
  constexpr result_of<Use> operator()(call const& c, parameters const& given, Use&& use) const {
    expect_group("commfold::openmpi", c.ranks);
    expect_root("commfold::openmpi", c.root, c.ranks);
    if (c.element == 0 || c.bytes % c.element != 0)
      fail<invalid_argument>("commfold::openmpi", "{} B are no whole number of elements of {} B", c.bytes, c.element);
    parameters const with = given.algorithm == 0 ? decided(c) : given;
    if (name_of(c.what, with.algorithm).empty()) fail_number(c, with.algorithm);
    if (c.ranks == 1) return use(wire::nothing(1));
    bool const has_a_size = c.what != collective::barrier && c.what != collective::alltoallv && c.counts.empty();
    if (has_a_size && c.bytes == 0) return use(wire::nothing(c.ranks));
    switch (c.what) {
      case collective::allgather:
        return with_allgather(c, with, use);
      case collective::allgatherv:
        return with_allgatherv(c, with, use);
      case collective::allreduce:
        return with_allreduce(c, with, use);
      case collective::alltoall:
        return with_alltoall(c, wire::all_to_all::pair_bytes::equal(c.bytes, c.ranks), with, use);
      case collective::alltoallv:
        return with_alltoall(c, wire::all_to_all::pair_bytes::of(c.counts, c.ranks), with, use);
      case collective::barrier:
        return with_barrier(c, with, use);
      case collective::bcast:
        return with_bcast(c, with, use);
      case collective::gather:
        return with_gather(c, with, use);
      case collective::reduce:
        return with_reduce(c, with, use);
      case collective::reduce_scatter:
        return with_reduce_scatter(c, with, use);
      case collective::reduce_scatter_block:
        return with_reduce_scatter_block(c, with, use);
      case collective::scatter:
        return with_scatter(c, with, use);
    }
    return use(wire::nothing(c.ranks));
  }

  template <class Use>
  constexpr result_of<Use> operator()(call const& c, Use&& use) const {
    return (*this)(c, parameters{}, use);
  }
};

}  // namespace detail

/// with_schedule(call, parameters, use), with_schedule(call, use): the answer of use(schedule), where schedule is what Open MPI runs for
/// the call, in the fallbacks, too: recursive doubling of allgather is Bruck's algorithm where p is no power of two, neighbour exchange a
/// ring where p is odd, a vector of fewer elements than ranks goes by simpler algorithms, and no elements or one rank are no message.
/// Algorithms that call other collectives (nonoverlapping, allgather's basic_linear, allgatherv's default, reduce_scatter_block's
/// basic_linear) let the fixed rules decide on those, as Open MPI does. `use` answers one type for every schedule. Refused with
/// `invalid_argument`: a root outside the group, a number that is no algorithm, counts that do not fit the group, a part of an element, and
/// two_proc for other than 2 ranks.
inline constexpr detail::with_schedule_fn with_schedule{};

}  // namespace commfold::openmpi
