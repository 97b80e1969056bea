// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/framing.hpp
/// What gloo puts on its sockets beside the payload: the headers of messages.

#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::gloo {

/// The headers of one message over gloo's TCP transport, in bytes. The sender writes a notice that it is ready and a preamble before the
/// payload, and the receiver a notice that its buffer is ready; an empty message has all three. Source: gloo d97133a, transport/tcp/pair.h,
/// of whose `Op::preamble` each of the three is one. TCP's and IP's own headers are not in these.
struct framing {
  static constexpr std::size_t preamble = 48;

  static constexpr std::size_t each_sent = 2 * preamble;
  static constexpr std::size_t each_received = preamble;
};

/// socket_bytes(traffic): all that a rank writes to its sockets, payload + 96 * messages sent + 48 * messages received. A sum that does not
/// fit `std::size_t` is an `overflow_error`.
[[nodiscard]] constexpr std::size_t socket_bytes(wire::rank_traffic const& of) {
  constexpr char const* verb = "commfold::gloo::socket_bytes";
  using commfold::detail::checked_add;
  using commfold::detail::checked_multiply;
  std::size_t const headers = checked_add(checked_multiply(framing::each_sent, of.sent_messages, verb),
                                          checked_multiply(framing::each_received, of.received_messages, verb), verb);
  return checked_add(of.sent_bytes, headers, verb);
}

}  // namespace commfold::gloo
