// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/call.hpp
/// A recorded call as a backend sees it, and what a backend is.

#include <commfold/error.hpp>
#include <commfold/op/collective_kind.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/wire/blocks.hpp>
#include <commfold/wire/cluster.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace commfold::wire {

/// One recorded call, asked about for one rank of its group. A ledger is what one rank recorded. Most calls are the same on all ranks, so
/// that the record of one tells what every rank sends; those of which that is not so are `of_one_rank`.
class call {
 public:
  /// It keeps references to all but the rank.
  constexpr call(call_record const& record, std::size_t rank, group_place const& group, cluster const& where)
      : record_(&record), rank_(rank), group_(&group), where_(&where) {}

  [[nodiscard]] constexpr call_record const& record() const noexcept { return *record_; }
  [[nodiscard]] constexpr collective_kind kind() const noexcept { return record_->kind(); }
  [[nodiscard]] constexpr std::size_t ranks() const noexcept { return record_->group_size(); }
  /// The root, or the peer. Refused with `invalid_argument`: a record that has none, as one that was written by hand.
  [[nodiscard]] constexpr std::size_t root() const { return known(record_->root(), "a record of {} has no root"); }
  [[nodiscard]] constexpr std::size_t peer() const { return known(record_->peer(), "a record of {} has no peer"); }
  /// The rank that is asked about.
  [[nodiscard]] constexpr std::size_t rank() const noexcept { return rank_; }
  /// How the groups lie on nodes, which is looked for at each call.
  [[nodiscard]] constexpr group_shape shape() const { return where_->shape_of(*group_); }

 private:
  [[nodiscard]] constexpr std::size_t known(std::optional<std::size_t> const& number, char const* sentence) const {
    if (!number) commfold::detail::fail<invalid_argument>("commfold::wire::call", sentence, record_->op());
    return *number;
  }

  call_record const* record_;
  std::size_t rank_;
  group_place const* group_;
  cluster const* where_;
};

/// Whether the record of a call tells of its own rank alone: a send or receive, whose peer has a record of its own, and an all-to-all that
/// divides unevenly, of which each rank knows only its own splits.
[[nodiscard]] constexpr bool is_of_one_rank(call_record const& one) noexcept {
  switch (one.kind()) {
    case collective_kind::send:
    case collective_kind::recv:
    case collective_kind::send_recv:
      return true;
    case collective_kind::all_to_all:
      return one.parts() != parts_state::even;
    default:
      return false;
  }
}

namespace detail {

struct any_use {
  template <schedule Schedule>
  constexpr void operator()(Schedule const&, framing const& = {}) const noexcept {}
};

}  // namespace detail

/// A communication library: `schedules_of(call, use)` calls use(schedule) or use(schedule, framing) for each schedule that the library runs
/// for the call, one after the other, and refuses a call that it cannot run with `invalid_argument`. It is constexpr where answers are to
/// be constants.
/// ```cpp
/// struct my_library {
///   template <class Use>
///   constexpr void schedules_of(cf::wire::call const& c, Use&& use) const {
///     if (c.kind() != cf::collective_kind::all_reduce) cf::wire::refuse("my_library", c);
///     use(cf::wire::all_reduce::ring(cf::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
///   }
/// };
/// ```
template <class T>
concept backend = requires(T const& b, call const& c) { b.schedules_of(c, detail::any_use{}); };

/// Refuses a call whose message is a list of several tensors, which a record holds as one number: a library may run it as several calls.
/// The parts of an all_to_all are one for each rank, and pass.
constexpr void refuse_several(char const* library, call const& c) {
  if (c.record().several() && c.kind() != collective_kind::all_to_all)
    commfold::detail::fail<invalid_argument>(library, "a record of {} does not say how large each of its tensors is", c.record().op());
}

/// Refuses a call: "my_library: cannot run c10d::reduce_ (reduce) over 'dp' of 8 ranks".
[[noreturn]] constexpr void refuse(char const* library, call const& c) {
  commfold::detail::fail<invalid_argument>(library, "cannot run {} ({}) over '{}' of {} ranks", c.record().op(), name(c.kind()),
                                           c.record().group(), c.ranks());
}

}  // namespace commfold::wire
