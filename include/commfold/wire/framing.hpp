// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/framing.hpp
/// What a library sends beside payload: headers of messages, and flags within lines.

#include <commfold/size/arithmetic.hpp>
#include <commfold/wire/schedule.hpp>

#include <cstddef>

namespace commfold::wire {

/// How payload travels. A message of l bytes costs its sender ceil(l / line_payload) · line_bytes + header bytes, and its receiver
/// `reply` bytes in the other direction. gloo has headers of 96 B and replies of 48 B; NCCL's LL protocol has lines of 16 B for 8 B of
/// payload, and its LL128 lines of 128 B for 120 B. The default is payload alone.
struct framing {
  std::size_t header = 0;        ///< bytes that a sender adds to each message
  std::size_t reply = 0;         ///< bytes that a receiver sends back for each message
  std::size_t line_payload = 1;  ///< bytes of payload in a line
  std::size_t line_bytes = 1;    ///< bytes of a line

  friend constexpr bool operator==(framing const&, framing const&) = default;

  /// Whether payload is all that is on the wire.
  [[nodiscard]] constexpr bool adds_nothing() const noexcept { return header == 0 && reply == 0 && line_payload == line_bytes; }

  /// The bytes of the lines that hold so much payload.
  [[nodiscard]] constexpr std::size_t in_lines(std::size_t payload) const {
    if (line_payload == line_bytes) return payload;
    std::size_t const lines = payload / line_payload + (payload % line_payload != 0 ? 1 : 0);
    return detail::checked_multiply(lines, line_bytes, "commfold::wire::framing");
  }

  /// What `messages` messages with this payload put on the wire, in the direction of the payload and back.
  [[nodiscard]] constexpr std::size_t forward(std::size_t payload, std::size_t messages) const {
    return detail::checked_add(in_lines(payload), detail::checked_multiply(header, messages, "commfold::wire::framing"),
                               "commfold::wire::framing");
  }
  [[nodiscard]] constexpr std::size_t backward(std::size_t messages) const {
    return detail::checked_multiply(reply, messages, "commfold::wire::framing");
  }
};

}  // namespace commfold::wire
