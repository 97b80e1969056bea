// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/time.hpp
/// How long a schedule takes: latency and bandwidth of links, with those shared that messages of one round have in common.

#include <commfold/error.hpp>
#include <commfold/wire/call.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/placement.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace commfold::wire {

/// One link class: what the first byte of a message takes from rank to rank, and what passes each link in a second, in one direction.
struct link_speed {
  double microseconds = 0;
  double gigabytes_per_second = 0;
};

/// The speeds of the link classes of a placement, from those within the smallest domain: `{{1.0, 100.0}, {6.0, 12.5}}`. A link of class 0
/// is the port of one rank; one of class c > 0 is what a domain of kind c - 1 has to the outside, shared by all of its ranks, in each
/// direction. The latency of a class is that of the whole way. Refused with `invalid_argument`: a negative latency, a bandwidth that is not
/// positive, numbers that are not finite, more classes than a placement has.
class network {
 public:
  constexpr network(std::initializer_list<link_speed> smallest_first) {
    constexpr char const* where = "commfold::wire::network";
    constexpr double most = 1e18;
    if (smallest_first.size() > placement::most_classes)
      commfold::detail::fail<invalid_argument>(where, "there are at most {} link classes", placement::most_classes);
    for (link_speed const& one : smallest_first) {
      if (!(one.microseconds >= 0 && one.microseconds < most && one.gigabytes_per_second > 0 && one.gigabytes_per_second < most))
        commfold::detail::fail<invalid_argument>(
            where, "the speed of link class {} is no latency of 0 us or more and bandwidth above 0 GB/s", size_);
      classes_[size_++] = one;
    }
  }

  [[nodiscard]] constexpr std::size_t link_classes() const noexcept { return size_; }
  [[nodiscard]] constexpr link_speed const& operator[](std::size_t link_class) const noexcept { return classes_[link_class]; }

  /// The time of a recorded call: that of its schedules, one after the other.
  template <backend Backend>
  [[nodiscard]] constexpr double microseconds_of_call(Backend const& on, call const& one, group_place const& group,
                                                      cluster const& where) const;

 private:
  link_speed classes_[placement::most_classes]{};
  std::size_t size_ = 0;
};

namespace detail {

/// The links of a cluster, numbered: the ports of all ranks, and the ways out of and into each domain.
class links {
 public:
  constexpr explicit links(cluster const& of) : of_(&of) {
    size_ = 2 * of.ranks();
    for (std::size_t kind = 0; kind != of.domains().size(); ++kind) {
      first_[kind] = size_;
      size_ += 2 * domains(kind);
    }
  }

  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }

  /// Calls each(link, link class) for each link that a message from one rank to another passes.
  template <class Each>
  constexpr void on_the_way(std::size_t from, std::size_t to, Each&& each) const {
    placement const& in = of_->domains();
    each(from, std::size_t{0});
    each(of_->ranks() + to, std::size_t{0});
    std::size_t const link_class = in.link_class(from, to);
    for (std::size_t kind = 0; kind != link_class; ++kind) {
      each(first_[kind] + from / in[kind].ranks, kind + 1);
      each(first_[kind] + domains(kind) + to / in[kind].ranks, kind + 1);
    }
  }

 private:
  [[nodiscard]] constexpr std::size_t domains(std::size_t kind) const noexcept {
    std::size_t const ranks = of_->domains()[kind].ranks;
    return (of_->ranks() + ranks - 1) / ranks;
  }

  cluster const* of_;
  std::size_t first_[placement::most_domains]{};
  std::size_t size_;
};

struct microseconds_of_fn {
  template <schedule Schedule>
  [[nodiscard]] constexpr double operator()(Schedule const& s, group_place const& group, cluster const& where, network const& speeds,
                                            framing const& in = {}) const {
    if constexpr (requires { Schedule::has_switch; })
      commfold::detail::fail<invalid_argument>("commfold::wire::network",
                                               "it has no switch, and this schedule of {} ranks goes through one", s.ranks());
    if (speeds.link_classes() < where.domains().link_classes())
      commfold::detail::fail<invalid_argument>("commfold::wire::network", "it has {} link classes, and the placement has {}",
                                               speeds.link_classes(), where.domains().link_classes());
    links const all(where);
    std::size_t const count = rounds_fn{}(s);
    std::vector<double> load(count * all.size(), 0.0);
    auto const for_each_message = [&](auto&& each) {
      for (std::size_t rank = 0; rank != where.ranks(); ++rank)
        if (group.has(rank)) s.sends_of(group.rank_in_group(rank), [&](message const& m) { each(m, rank, group.member(rank, m.to)); });
    };
    for_each_message([&](message const& m, std::size_t from, std::size_t to) {
      all.on_the_way(from, to, [&](std::size_t link, std::size_t) {
        load[m.round * all.size() + link] += static_cast<double>(in.forward(m.bytes, 1));
      });
    });
    std::vector<double> longest(count, 0.0);
    for_each_message([&](message const& m, std::size_t from, std::size_t to) {
      double slowest = 0;
      all.on_the_way(from, to, [&](std::size_t link, std::size_t link_class) {
        constexpr double bytes_per_microsecond = 1e3;  // in 1 GB/s
        double const takes = load[m.round * all.size() + link] / (speeds[link_class].gigabytes_per_second * bytes_per_microsecond);
        if (takes > slowest) slowest = takes;
      });
      double const takes = speeds[where.domains().link_class(from, to)].microseconds + slowest;
      if (takes > longest[m.round]) longest[m.round] = takes;
    });
    double sum = 0;
    for (double const one : longest) sum += one;
    return sum;
  }
};

}  // namespace detail

/// microseconds_of(schedule, group, cluster, network), and a framing behind them: the time of a schedule that all groups of one name run at
/// once, of the bytes of messages with their headers and lines:
///
///     T = sum over rounds of max over messages of (latency of the link class + max over the links on the way of (bytes on the link /
///     bandwidth))
///
/// It is the alpha-beta model (Hockney 1994) with contention: messages of one round that pass one link share its bandwidth. A round ends
/// for all ranks at once. Left out: replies of receivers, the time that reductions take, messages that overtake a round, other traffic,
/// congestion within a domain. SimGrid 3.32 gives the same for the seven schedules of docs/wire.md. Refused with `invalid_argument`: a
/// network with fewer link classes than the placement has.
inline constexpr detail::microseconds_of_fn microseconds_of{};

template <backend Backend>
constexpr double network::microseconds_of_call(Backend const& on, call const& one, group_place const& group, cluster const& where) const {
  double all = 0;
  on.schedules_of(one, [&](schedule auto const& s, framing const& in = {}) { all += microseconds_of(s, group, where, *this, in); });
  return all;
}

}  // namespace commfold::wire
