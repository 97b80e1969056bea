// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/framing.hpp>

#include "is_a_constant.hpp"

namespace {
using commfold::wire::framing;

// Payload alone, unless more is said.
static_assert(framing().forward(1000, 7) == 1000 && framing().backward(7) == 0);

// Headers and replies count messages.
constexpr framing sockets{.header = 96, .reply = 48};
static_assert(sockets.forward(1000, 7) == 1000 + 7 * 96 && sockets.backward(7) == 7 * 48 && sockets.forward(0, 1) == 96);

// Whole lines: the last one is sent whole.
constexpr framing ll128{.line_payload = 120, .line_bytes = 128};
static_assert(ll128.in_lines(0) == 0 && ll128.in_lines(1) == 128 && ll128.in_lines(120) == 128 && ll128.in_lines(121) == 256);

static_assert(!is_a_constant<[] { return ll128.in_lines(~std::size_t{0}); }>);
static_assert(!is_a_constant<[] { return sockets.forward(~std::size_t{0}, 1); }>);
static_assert(!is_a_constant<[] { return sockets.backward(~std::size_t{0}); }>);
static_assert(is_a_constant<[] { return framing().in_lines(~std::size_t{0}); }>);
}  // namespace
