// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/step.hpp
/// What each rank of a program sends and receives in a step, under a library and a placement: `of`.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_filter.hpp>
#include <commfold/trace/ledger.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/placement.hpp>
#include <commfold/wire/schedule.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::wire {

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

  /// `times` times what goes to a peer and comes back from it in reply.
  constexpr void add_sent(std::size_t link_class, peer_traffic const& to, framing const& in, std::size_t times) {
    link_traffic& link = by_class_[link_class];
    add(link.payload.sent_bytes, to.bytes, times);
    add(link.payload.sent_messages, to.messages, times);
    add(link.sent_bytes, in.forward(to.bytes, to.messages), times);
    add(link.received_bytes, in.backward(to.messages), times);
  }
  /// `times` times what comes from a peer and goes back to it in reply.
  constexpr void add_received(std::size_t link_class, peer_traffic const& from, framing const& in, std::size_t times) {
    link_traffic& link = by_class_[link_class];
    add(link.payload.received_bytes, from.bytes, times);
    add(link.payload.received_messages, from.messages, times);
    add(link.received_bytes, in.forward(from.bytes, from.messages), times);
    add(link.sent_bytes, in.backward(from.messages), times);
  }

 private:
  static constexpr void add(std::size_t& to, std::size_t more, std::size_t times) {
    detail::add(to, detail::checked_multiply(more, times, "commfold::wire"));
  }

  std::size_t classes_;
  link_traffic by_class_[placement::most_classes]{};
};

namespace detail {

/// Calls sent(peer_traffic) for what a rank sends, peer by peer or message by message, and received(…) for what it receives.
template <class Schedule, class Sent, class Received>
constexpr void for_each_peer(Schedule const& s, std::size_t rank, Sent&& sent, Received&& received) {
  expect_rank("commfold::wire", rank, s.ranks());
  if constexpr (closed_schedule<Schedule>) {
    s.sent_to_each(rank, sent);
    s.received_from_each(rank, received);
  } else {
    s.sends_of(rank, [&](message const& m) { sent(peer_traffic{m.to, m.bytes, 1}); });
    for (std::size_t from = 0; from != s.ranks(); ++from)
      if (from != rank)
        s.sends_of(from, [&](message const& m) {
          if (m.to == rank) received(peer_traffic{from, m.bytes, 1});
        });
  }
}

}  // namespace detail

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
  /// What passes each rank, in the order of ranks: each schedule is made once for all of them.
  [[nodiscard]] constexpr std::vector<rank_answer> of_all_ranks(call_filter const& filter = {}) const {
    std::vector<rank_answer> answers(ranks(), rank_answer(cluster_.domains().link_classes()));
    for (auto const& row : calls_.rows())
      if (filter(row.call())) add_row_of_all(answers.data(), 1, row);
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
      for_each_peer(from, from + 1, row.call(),
                    [&](std::size_t, std::size_t peer, peer_traffic const& one, framing const& in, bool is_sent) {
                      if (peer != to) return;
                      std::size_t const bytes = is_sent ? in.forward(one.bytes, one.messages) : in.backward(one.messages);
                      detail::add(all, detail::checked_multiply(bytes, row.calls(), "commfold::wire"));
                    });
    }
    return all;
  }

  /// The sum over all ranks, by link class; what is sent is what is received.
  [[nodiscard]] constexpr rank_answer total(call_filter const& filter = {}) const {
    rank_answer answer(cluster_.domains().link_classes());
    for (auto const& row : calls_.rows())
      if (filter(row.call())) add_row_of_all(&answer, 0, row);
    return answer;
  }
  [[nodiscard]] constexpr rank_answer total(ledger_row const& row) const {
    rank_answer answer(cluster_.domains().link_classes());
    add_row_of_all(&answer, 0, row);
    return answer;
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
    static_assert(is_timed, "commfold::wire::step: nothing is known of time; give of() a network or another timing");
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
  /// Calls each(rank, peer, peer_traffic, framing, is_sent) for each peer of the ranks from `first` to before `last` in one call. The
  /// schedules are made for the first of them.
  template <class Each>
  constexpr void for_each_peer(std::size_t first, std::size_t last, call_record const& record, Each&& each) const {
    group_place const& group = cluster_.group_of(record);
    while (first != last && !group.has(first)) ++first;
    if (first == last) return;
    auto const of_each_rank = [&](schedule auto const& one, framing const& in = {}) {
      for (std::size_t rank = first; rank != last; ++rank) {
        if (!group.has(rank)) continue;
        std::size_t const in_group = group.rank_in_group(rank);
        auto const tell = [&](peer_traffic const& with, bool is_sent) {
          each(rank, group.member(rank, in_group, with.peer), with, in, is_sent);
        };
        detail::for_each_peer(
            one, in_group, [&](peer_traffic const& to) { tell(to, true); }, [&](peer_traffic const& from) { tell(from, false); });
      }
    };
    backend_.schedules_of(wire::call(record, group.rank_in_group(first), group, cluster_), of_each_rank);
  }

  /// Adds a row to the answers of the ranks from `first` to before `last`, which are one answer for all where `stride` is 0.
  constexpr void add_row(rank_answer* answers, std::size_t first, std::size_t last, std::size_t stride, ledger_row const& row) const {
    for_each_peer(first, last, row.call(),
                  [&](std::size_t rank, std::size_t peer, peer_traffic const& one, framing const& in, bool is_sent) {
                    rank_answer& answer = answers[(rank - first) * stride];
                    std::size_t const link = cluster_.domains().link_class(rank, peer);
                    is_sent ? answer.add_sent(link, one, in, row.calls()) : answer.add_received(link, one, in, row.calls());
                  });
  }
  constexpr void add_row(rank_answer& answer, std::size_t rank, ledger_row const& row) const { add_row(&answer, rank, rank + 1, 0, row); }
  constexpr void add_row_of_all(rank_answer* answers, std::size_t stride, ledger_row const& row) const {
    expect_record_of_all(row.call());
    add_row(answers, 0, ranks(), stride, row);
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
struct of_fn {
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

/// of(ledger, backend, cluster), of(ledger, backend, cluster, timing): the step on the wire.
/// ```cpp
/// constexpr auto sent = cf::wire::of(traffic, cf::gloo::backend{}, where);
/// static_assert(sent.max_sent_bytes() <= 3_GB && sent.bytes_between("node", {.group = "tp"}) == 0);
/// ```
/// Its questions refuse, with `invalid_argument`, a group that the cluster does not have, a rank outside the program, and a call that the
/// backend cannot run; with `overflow_error`, sums that do not fit.
inline constexpr detail::of_fn of{};

}  // namespace commfold::wire
