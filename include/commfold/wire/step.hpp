// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/step.hpp
/// What each rank of a program sends and receives in a step, under a library and a placement: `on_wire`.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/exchange.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/placement.hpp>
#include <commfold/wire/schedule.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold {
namespace wire {

/// What passes one rank: payload, and all bytes with what the library adds to it.
struct link_traffic {
  rank_traffic payload{};
  std::size_t sent_bytes = 0;
  std::size_t received_bytes = 0;

  friend constexpr bool operator==(link_traffic const&, link_traffic const&) = default;
};

/// What passes one rank in a step, by link class.
class rank_answer {
 public:
  constexpr explicit rank_answer(std::size_t link_classes) : classes_(link_classes) {}

  [[nodiscard]] constexpr std::size_t link_classes() const noexcept { return classes_; }
  [[nodiscard]] constexpr link_traffic const& operator[](std::size_t link_class) const noexcept { return by_class_[link_class]; }

  /// Of all classes from one on: what leaves and enters the domains below it.
  [[nodiscard]] constexpr link_traffic from_class(std::size_t first) const {
    link_traffic all;
    for (std::size_t i = first; i != classes_; ++i) {
      detail::add(all.payload.sent_bytes, by_class_[i].payload.sent_bytes);
      detail::add(all.payload.received_bytes, by_class_[i].payload.received_bytes);
      detail::add(all.payload.sent_messages, by_class_[i].payload.sent_messages);
      detail::add(all.payload.received_messages, by_class_[i].payload.received_messages);
      detail::add(all.sent_bytes, by_class_[i].sent_bytes);
      detail::add(all.received_bytes, by_class_[i].received_bytes);
    }
    return all;
  }
  [[nodiscard]] constexpr link_traffic all() const { return from_class(0); }

 private:
  template <class, backend, class>
  friend class step;

  /// What goes to a peer, and what comes back from it in reply.
  constexpr void add_sent(std::size_t link_class, detail::exchange const& with) {
    link_traffic& link = by_class_[link_class];
    detail::add(link.payload.sent_bytes, with.payload);
    detail::add(link.payload.sent_messages, with.messages);
    detail::add(link.sent_bytes, with.forward());
    detail::add(link.received_bytes, with.backward);
  }
  /// What comes from a peer, and what goes back to it in reply.
  constexpr void add_received(std::size_t link_class, detail::exchange const& with) {
    link_traffic& link = by_class_[link_class];
    detail::add(link.payload.received_bytes, with.payload);
    detail::add(link.payload.received_messages, with.messages);
    detail::add(link.received_bytes, with.forward());
    detail::add(link.sent_bytes, with.backward);
  }

  std::size_t classes_;
  link_traffic by_class_[placement::most_classes]{};
};

/// How long a recorded call takes: `network`, by latency and bandwidth of links; `nccl::timing`, by NCCL's own model; or the user's.
template <class T, class Backend>
concept timing_of = requires(T const& t, Backend const& on, call const& one, group_place const& group, cluster const& where) {
  { t.microseconds_of_call(on, one, group, where) } -> std::convertible_to<double>;
};

/// Nothing is known of time.
struct untimed {};

/// A step's traffic on the wire. It keeps the ledger, and answers what it is asked.
///
/// A ledger is what one rank recorded, and the calls in it are taken to be made by all ranks of their groups. A call whose record tells of
/// its own rank alone (`is_of_one_rank`) is answered for the rank asked, as if the ledger were that rank's; a question about all ranks is
/// refused with `invalid_argument` where there is such a call.
template <class Calls, backend Backend, class Timing = untimed>
class step {
 public:
  constexpr step(Calls calls, Backend on, cluster const& where, Timing timing = {})
      : calls_(std::move(calls)), backend_(std::move(on)), cluster_(where), timing_(std::move(timing)) {}

  /// Whether `microseconds` is known.
  static constexpr bool is_timed = timing_of<Timing, Backend>;

  /// The rows of the ledger.
  [[nodiscard]] constexpr auto rows() const noexcept { return calls_.rows(); }
  [[nodiscard]] constexpr cluster const& where() const noexcept { return cluster_; }
  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return cluster_.ranks(); }

  /// What passes a rank of the program, in the calls that a filter means.
  [[nodiscard]] constexpr rank_answer of_rank(std::size_t rank, call_filter const& filter = {}) const {
    cluster_.expect_rank(rank);
    rank_answer answer(cluster_.domains().link_classes());
    for (auto const& row : calls_.rows())
      if (filter(row.call())) add_row(answer, rank, row);
    return answer;
  }
  /// What passes each rank, in the order of ranks.
  [[nodiscard]] constexpr std::vector<rank_answer> of_all_ranks(call_filter const& filter = {}) const {
    std::vector<rank_answer> answers(ranks(), rank_answer(cluster_.domains().link_classes()));
    exchange_of(filter).tell(cluster_, [&](std::size_t from, std::size_t to, std::size_t link, detail::exchange const& one) {
      if (from != detail::no_rank) answers[from].add_sent(link, one);
      if (to != detail::no_rank) answers[to].add_received(link, one);
    });
    return answers;
  }
  /// In the calls of one row of the ledger.
  [[nodiscard]] constexpr rank_answer of_rank(std::size_t rank, ledger_row const& row) const {
    cluster_.expect_rank(rank);
    rank_answer answer(cluster_.domains().link_classes());
    add_row(answer, rank, row);
    return answer;
  }

  /// All bytes that a rank puts on the wire, and all that it takes from it.
  [[nodiscard]] constexpr std::size_t sent_bytes(std::size_t rank, call_filter const& filter = {}) const {
    return of_rank(rank, filter).all().sent_bytes;
  }
  [[nodiscard]] constexpr std::size_t received_bytes(std::size_t rank, call_filter const& filter = {}) const {
    return of_rank(rank, filter).all().received_bytes;
  }

  /// All bytes that one rank puts on the wire to another one.
  [[nodiscard]] constexpr std::size_t sent_bytes_between(std::size_t from, std::size_t to, call_filter const& filter = {}) const {
    cluster_.expect_rank(from);
    cluster_.expect_rank(to);
    std::size_t all = 0;
    for (auto const& row : calls_.rows()) {
      if (!filter(row.call())) continue;
      for_each_peer(from, row, [&](std::size_t peer, detail::exchange const& with, bool is_sent) {
        if (peer == to) detail::add(all, is_sent ? with.forward() : with.backward);
      });
    }
    return all;
  }

  /// Calls each(from, to, bytes) for all bytes that pass from one rank to another one: the matrix of the program, without its zeros. A
  /// pair comes as often as it has groups and directions in common. A switch that reduces or multicasts is no rank: it is `dyn`.
  template <class Each>
  constexpr void for_each_pair(Each&& each, call_filter const& filter = {}) const {
    exchange_of(filter).tell(cluster_, [&](std::size_t from, std::size_t to, std::size_t, detail::exchange const& one) {
      if (one.forward() != 0) each(from, to, one.forward());
      if (one.backward != 0) each(to, from, one.backward);
    });
  }
  /// For those to or from one rank, of which the record may be that rank's own.
  template <class Each>
  constexpr void for_each_pair_of(std::size_t rank, Each&& each, call_filter const& filter = {}) const {
    cluster_.expect_rank(rank);
    for (auto const& row : calls_.rows()) {
      if (!filter(row.call())) continue;
      for_each_peer(rank, row, [&](std::size_t peer, detail::exchange const& with, bool is_sent) {
        if (with.forward() != 0) is_sent ? each(rank, peer, with.forward()) : each(peer, rank, with.forward());
        if (with.backward != 0) is_sent ? each(peer, rank, with.backward) : each(rank, peer, with.backward);
      });
    }
  }

  /// The sum over all ranks, by link class; what is sent is what is received, but for what a switch reduces or multicasts.
  [[nodiscard]] constexpr rank_answer total(call_filter const& filter = {}) const { return total_of(exchange_of(filter)); }
  [[nodiscard]] constexpr rank_answer total(ledger_row const& row) const {
    detail::step_exchange all;
    add_exchange(all, row);
    return total_of(all);
  }
  [[nodiscard]] constexpr std::size_t total_sent_bytes(call_filter const& filter = {}) const { return total(filter).all().sent_bytes; }

  /// The rank that sends, or receives, most; the first of several.
  [[nodiscard]] constexpr std::size_t busiest_sender(call_filter const& filter = {}) const {
    return most(filter, &link_traffic::sent_bytes).rank;
  }
  [[nodiscard]] constexpr std::size_t busiest_receiver(call_filter const& filter = {}) const {
    return most(filter, &link_traffic::received_bytes).rank;
  }
  [[nodiscard]] constexpr std::size_t max_sent_bytes(call_filter const& filter = {}) const {
    return most(filter, &link_traffic::sent_bytes).bytes;
  }
  [[nodiscard]] constexpr std::size_t max_received_bytes(call_filter const& filter = {}) const {
    return most(filter, &link_traffic::received_bytes).bytes;
  }

  /// All bytes that leave a domain of this kind, such as "node", for another one, summed over all ranks.
  [[nodiscard]] constexpr std::size_t bytes_between(std::string_view domains, call_filter const& filter = {}) const {
    return total(filter).from_class(cluster_.domains().index_of(domains) + 1).sent_bytes;
  }
  [[nodiscard]] constexpr std::size_t bytes_between(std::string_view domains, ledger_row const& row) const {
    return total(row).from_class(cluster_.domains().index_of(domains) + 1).sent_bytes;
  }

  /// The time of the calls that a filter means, one after the other: nothing overlaps. A step that was made without a timing is refused.
  [[nodiscard]] constexpr double microseconds(call_filter const& filter = {}) const {
    static_assert(is_timed, "commfold::wire::step: nothing is known of time; give on_wire() a network or another timing");
    double all = 0;
    if constexpr (is_timed) {
      for (auto const& row : calls_.rows())
        if (filter(row.call())) all += microseconds(row);
    }
    return all;
  }
  [[nodiscard]] constexpr double microseconds(ledger_row const& row) const
    requires is_timed
  {
    expect_record_of_all(row.call());
    group_place const& group = cluster_.group_of(row.call());
    wire::call const one(row.call(), 0, group, cluster_);
    return static_cast<double>(row.calls()) * static_cast<double>(timing_.microseconds_of_call(backend_, one, group, cluster_));
  }

 private:
  /// Calls each(peer of the program, exchange, is_sent) for each peer of a rank in the calls of a row.
  template <class Each>
  constexpr void for_each_peer(std::size_t rank, ledger_row const& row, Each&& each) const {
    group_place const& group = cluster_.group_of(row.call());
    if (!group.has(rank)) return;
    std::size_t const in_group = group.rank_in_group(rank);
    auto const of_schedule = [&](schedule auto const& one, framing const& in = {}) {
      auto const tell = [&](peer_traffic const& with, bool is_sent) {
        detail::exchange all;
        all.add(with, in, row.calls());
        each(with.peer == group.size() ? detail::no_rank : group.member(rank, with.peer), all, is_sent);
      };
      detail::for_each_peer(
          one, in_group, [&](peer_traffic const& to) { tell(to, true); }, [&](peer_traffic const& from) { tell(from, false); });
    };
    backend_.schedules_of(wire::call(row.call(), in_group, group, cluster_), of_schedule);
  }

  constexpr void add_row(rank_answer& answer, std::size_t rank, ledger_row const& row) const {
    for_each_peer(rank, row, [&](std::size_t peer, detail::exchange const& with, bool is_sent) {
      std::size_t const link = peer == detail::no_rank ? 0 : cluster_.domains().link_class(rank, peer);
      is_sent ? answer.add_sent(link, with) : answer.add_received(link, with);
    });
  }

  /// What all ranks of the row's groups send. Every schedule is made once, for rank 0 of a group.
  constexpr void add_exchange(detail::step_exchange& all, ledger_row const& row) const {
    expect_record_of_all(row.call());
    group_place const& group = cluster_.group_of(row.call());
    detail::group_exchange& exchanged = all.of(group);
    auto const of_schedule = [&](schedule auto const& one, framing const& in = {}) {
      auto const add = [&](std::size_t rank, std::size_t from) {
        detail::for_each_receiver(one, rank, [&](peer_traffic const& to) { exchanged.between(from, to.peer).add(to, in, row.calls()); });
        detail::for_each_from_switch(one, rank, [&](peer_traffic const& by) { exchanged.between(by.peer, from).add(by, in, row.calls()); });
      };
      if (detail::is_symmetric(one))
        add(0, detail::group_exchange::every_rank);
      else
        for (std::size_t rank = 0; rank != one.ranks(); ++rank) add(rank, rank);
    };
    backend_.schedules_of(wire::call(row.call(), 0, group, cluster_), of_schedule);
  }
  [[nodiscard]] constexpr detail::step_exchange exchange_of(call_filter const& filter) const {
    detail::step_exchange all;
    for (auto const& row : calls_.rows())
      if (filter(row.call())) add_exchange(all, row);
    return all;
  }
  [[nodiscard]] constexpr rank_answer total_of(detail::step_exchange const& all) const {
    rank_answer answer(cluster_.domains().link_classes());
    all.tell(cluster_, [&](std::size_t from, std::size_t to, std::size_t link, detail::exchange const& one) {
      if (from != detail::no_rank) answer.add_sent(link, one);
      if (to != detail::no_rank) answer.add_received(link, one);
    });
    return answer;
  }

  struct largest {
    std::size_t rank = 0;
    std::size_t bytes = 0;
  };
  [[nodiscard]] constexpr largest most(call_filter const& filter, std::size_t link_traffic::* bytes) const {
    largest found;
    auto const answers = of_all_ranks(filter);
    for (std::size_t rank = 0; rank != ranks(); ++rank)
      if (std::size_t const here = answers[rank].all().*bytes; here > found.bytes) found = {rank, here};
    return found;
  }

  static constexpr void expect_record_of_all(call_record const& one) {
    if (one.group_size() != 1 && is_of_one_rank(one))
      commfold::detail::fail<invalid_argument>(
          "commfold::wire", "the record of {} over '{}' tells what its own rank sends, and not what the others do; ask about one rank",
          one.op(), one.group());
  }

  Calls calls_;
  Backend backend_;
  cluster cluster_;
  Timing timing_;
};

namespace detail {
struct on_wire_fn {
  template <std::size_t Rows, backend Backend>
  [[nodiscard]] constexpr step<ledger<Rows>, Backend> operator()(ledger<Rows> const& traffic, Backend const& on,
                                                                 cluster const& where) const {
    return {traffic, on, where};
  }
  template <std::size_t Rows, backend Backend, timing_of<Backend> Timing>
  [[nodiscard]] constexpr step<ledger<Rows>, Backend, Timing> operator()(ledger<Rows> const& traffic, Backend const& on,
                                                                         cluster const& where, Timing const& timing) const {
    return {traffic, on, where, timing};
  }
};
}  // namespace detail

}  // namespace wire

/// on_wire(ledger, backend, cluster), on_wire(ledger, backend, cluster, timing): the step on the wire.
/// ```cpp
/// constexpr auto sent = cf::on_wire(traffic, cf::gloo::backend{}, where);
/// static_assert(sent.max_sent_bytes() <= 3_GB && sent.bytes_between("node", {.group = "tp"}) == 0);
/// ```
/// Its questions refuse, with `invalid_argument`, a group that the cluster does not have, a rank outside the program, and a call that the
/// backend cannot run; with `overflow_error`, sums that do not fit.
inline constexpr wire::detail::on_wire_fn on_wire{};

}  // namespace commfold
