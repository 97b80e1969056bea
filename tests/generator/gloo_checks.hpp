// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  tests/generator/gloo_checks.hpp
/// The functions that generated sources of gloo's rows assert with. They include this header and no other.

#include <commfold/op.hpp>
#include <commfold/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>
#include <commfold/wire/gloo/framing.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

namespace generated {

using namespace commfold;

/// The measured numbers of a rank.
struct numbers {
  std::size_t bytes, payload, sent, received;

  friend constexpr bool operator==(numbers const&, numbers const&) = default;
  friend constexpr numbers operator+(numbers const& a, numbers const& b) {
    return {a.bytes + b.bytes, a.payload + b.payload, a.sent + b.sent, a.received + b.received};
  }
};

/// Of schedules, one after the other.
template <class... Schedules>
constexpr numbers of(std::size_t rank, Schedules const&... schedules) {
  numbers all{};
  auto const add = [&](auto const& schedule) {
    wire::rank_traffic const one = wire::traffic_of(schedule, rank);
    all = all + numbers{gloo::socket_bytes(one), one.sent_bytes, one.sent_messages, one.received_messages};
  };
  (add(schedules), ...);
  return all;
}

template <std::size_t Ranks, class... Schedules>
constexpr std::array<std::size_t, Ranks> payload_to_each(std::size_t rank, Schedules const&... schedules) {
  std::array<std::size_t, Ranks> all{};
  auto const add = [&](auto const& schedule) {
    schedule.sent_to_each(rank, [&](wire::peer_traffic const& to) { all[to.peer] += to.bytes; });
  };
  (add(schedules), ...);
  return all;
}

/// Of the call of an operator, as the recorder writes it down.
template <class Op, class... Args>
constexpr numbers of_call(std::size_t rank, Op op, Args const&... args) {
  numbers all{};
  auto const calls = log([&](auto& comm) { static_cast<void>(comm.call(op, args...)); });
  gloo::schedules_of(calls.calls()[0], rank, [&](auto const& schedule) { all = all + of(rank, schedule); });
  return all;
}

}  // namespace generated
