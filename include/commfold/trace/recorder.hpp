// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/recorder.hpp
/// The communicator of a trace: it writes calls down.

#include <commfold/comm/communicator_base.hpp>
#include <commfold/error.hpp>
#include <commfold/op/call_summary.hpp>
#include <commfold/op/op.hpp>
#include <commfold/op/splits.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/open_phase.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace commfold {

/// The communicator of a trace: every call yields the right shapes, is written down, and moves nothing. `Sink` is what the calls go to: it
/// writes a `call_record` itself, from what one is made of, so that a log can make it in its place. A step takes a recorder by reference:
/// `auto step = [](auto& comm, auto const& model) {…};`
template <class Sink>
class recorder : public communicator_base<recorder<Sink>> {
 public:
  constexpr explicit recorder(Sink& sink) : sink_(&sink) {}
  recorder(recorder const&) = delete;
  recorder& operator=(recorder const&) = delete;

  /// Records one call of any operator of the table, with arguments as in its schema, and returns what the operator returns; the works of a
  /// trace are numbered from 1. An operator without a group (`wait_tensor`) is no call, and is refused.
  template <operator_row Op, class... Args>
  constexpr auto call(Op, Args const&... args) {
    static_assert(!Op::rules.group.is_nothing(), "commfold::recorder: an operator without a group communicates nothing; call it by itself");
    if constexpr (detail::takes_lists<Op>) detail::expect_lists_of_tensors<Op>(args...);
    auto tensors = Op::infer(args...);
    if constexpr (detail::may_have_parts<Op>)
      write_divided<Op>(tensors, args...);
    else
      write(detail::summarize<Op>(tensors, args...), {});
    if constexpr (returns_of<Op> == returns::tensors)
      return tensors;
    else if constexpr (returns_of<Op> != returns::nothing)
      return Op::give(std::move(tensors), ++works_);  // after the writing: a call that is refused takes no number
  }

  /// Runs the body with its calls filed under a phase; phases nest to `backward/layer`. A body that throws leaves the recorder as it was.
  /// An empty name is an `invalid_argument`.
  template <class Body>
  constexpr void phase(std::string_view name, Body&& body) {
    if (name.empty()) detail::fail<invalid_argument>("commfold::recorder::phase", "a phase has a name");
    detail::open_phase::scope const entered(phase_, name);
    std::forward<Body>(body)();
  }

  /// Runs the body once and counts its calls n times; repeats nest and multiply. A sink that keeps the order of calls runs it n times.
  template <size_like N, class Body>
  constexpr void repeat(N const& n, Body&& body) {
    std::size_t const times = detail::to_size(n, "commfold::recorder::repeat");
    if (times == 0) return;
    if constexpr (Sink::keeps_order) {
      for (std::size_t i = 0; i < times; ++i) body();
    } else {
      restored<std::size_t> const outer(times_);
      times_ = detail::checked_multiply(times_, times, "commfold::recorder::repeat");
      body();
    }
  }

  /// Runs the body with the tensors of its calls below `path`, for a sink that keeps paths.
  template <class Body>
    requires Sink::keeps_paths
  constexpr decltype(auto) below(std::string_view path, Body&& body) {
    return sink_->below(path, std::forward<Body>(body));
  }

 private:
  /// Puts a value back when the scope ends, by whatever way.
  template <class T>
  class restored {
   public:
    constexpr explicit restored(T& value) : value_(value), before_(value) {}
    constexpr ~restored() { value_ = before_; }
    restored(restored const&) = delete;
    restored& operator=(restored const&) = delete;

   private:
    T& value_;
    T before_;
  };

  template <class Op, class Made, class... Args>
  constexpr void write_divided(Made const& made, Args const&... args) {
    call_summary const call = detail::summarize<Op>(made, args...);
    if constexpr ((std::is_same_v<Args, even_split_t> || ...)) {
      write(call, {});
    } else {
      auto const parts = detail::parts_of_call<Op>(made, args...);
      auto const uneven = [](auto const& side) { return detail::if_uneven({side.data(), side.size()}); };
      auto const several = [](auto const& tensors) { return detail::if_several({tensors.data(), tensors.size()}); };
      write(call, {uneven(parts.input), uneven(parts.output), true, several(parts.tensors)});
    }
  }

  // From here on nothing depends on the types of the tensors.
  constexpr void write(call_summary const& call, parts_view const& parts) { sink_->write(times_, call, phase_.index_in(*sink_), parts); }

  Sink* sink_;
  detail::open_phase phase_;
  std::size_t times_ = 1;
  std::uint64_t works_ = 0;
};

}  // namespace commfold
