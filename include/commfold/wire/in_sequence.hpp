// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/in_sequence.hpp
/// Schedules made of schedules: one after the other, and none.

#include <commfold/error.hpp>
#include <commfold/wire/core_ranks.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <utility>

namespace commfold::wire {

/// What a group sends for nothing: no message. MPI libraries return at once from a collective of no elements.
class nothing {
 public:
  constexpr explicit nothing(std::size_t ranks) : ranks_(ranks) { detail::expect_group("commfold::wire::nothing", ranks); }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return ranks_; }
  [[nodiscard]] constexpr std::size_t round_count() const noexcept { return 0; }
  template <class Sink>
  constexpr void sends_of(std::size_t, Sink&&) const {}
  template <class Sink>
  constexpr void sent_to_each(std::size_t, Sink&&) const {}
  template <class Sink>
  constexpr void received_from_each(std::size_t, Sink&&) const {}

 private:
  std::size_t ranks_;
};

namespace detail {

template <class T>
concept counts_its_rounds = requires(T const& s) { s.round_count(); };

template <class First, class Second>
class in_sequence_base {
 public:
  constexpr in_sequence_base(First first, Second second) : first_(std::move(first)), second_(std::move(second)) {
    if (first_.ranks() != second_.ranks())
      fail<invalid_argument>("commfold::wire::in_sequence", "one schedule is for {} ranks, the other for {}", first_.ranks(),
                             second_.ranks());
    if constexpr (counts_its_rounds<First>)
      first_rounds_ = first_.round_count();
    else
      first_rounds_ = rounds_fn{}(first_);
  }

  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return first_.ranks(); }
  [[nodiscard]] constexpr std::size_t round_count() const {
    if constexpr (counts_its_rounds<Second>)
      return first_rounds_ + second_.round_count();
    else
      return first_rounds_ + rounds_fn{}(second_);
  }
  template <class Sink>
  constexpr void sends_of(std::size_t rank, Sink&& sink) const {
    first_.sends_of(rank, sink);
    second_.sends_of(rank, [&](message const& m) { sink(message{m.from, m.to, m.bytes, m.round + first_rounds_}); });
  }

 protected:
  First first_;
  Second second_;
  std::size_t first_rounds_ = 0;
};

/// A peer of both is told once. A(sink) and B(sink) list the peers of the two.
template <class A, class B, class Sink>
constexpr void for_each_merged(A const& a, B const& b, Sink& sink) {
  a([&](peer_traffic all) {
    b([&](peer_traffic const& more) {
      if (more.peer != all.peer) return;
      add(all.bytes, more.bytes);
      add(all.messages, more.messages);
    });
    sink(all);
  });
  b([&](peer_traffic const& one) {
    bool told = false;
    a([&](peer_traffic const& other) { told = told || other.peer == one.peer; });
    if (!told) sink(one);
  });
}

}  // namespace detail

/// in_sequence(a, b): all messages of one schedule, then all of another over the same group. Knows closed forms where both do.
template <schedule First, schedule Second>
class in_sequence : public detail::in_sequence_base<First, Second> {
 public:
  using detail::in_sequence_base<First, Second>::in_sequence_base;
};

template <closed_schedule First, closed_schedule Second>
class in_sequence<First, Second> : public detail::in_sequence_base<First, Second> {
 public:
  using detail::in_sequence_base<First, Second>::in_sequence_base;

  template <class Sink>
  constexpr void sent_to_each(std::size_t rank, Sink&& sink) const {
    detail::for_each_merged([&](auto&& each) { this->first_.sent_to_each(rank, each); },
                            [&](auto&& each) { this->second_.sent_to_each(rank, each); }, sink);
  }
  template <class Sink>
  constexpr void received_from_each(std::size_t rank, Sink&& sink) const {
    detail::for_each_merged([&](auto&& each) { this->first_.received_from_each(rank, each); },
                            [&](auto&& each) { this->second_.received_from_each(rank, each); }, sink);
  }
};

template <class First, class Second>
in_sequence(First, Second) -> in_sequence<First, Second>;

}  // namespace commfold::wire
