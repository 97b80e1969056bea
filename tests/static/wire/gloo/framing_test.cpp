// SPDX-License-Identifier: BSL-1.0
#include <commfold/wire/gloo/framing.hpp>

#include <tests/support/call.hpp>

#include <cstddef>

namespace {
namespace gloo = commfold::gloo;
using commfold::wire::rank_traffic;

static_assert(gloo::framing::each_sent == 96 && gloo::framing::each_received == 48);

// Payload, and the headers of what is sent and of what is received; received payload is the sender's.
static_assert(gloo::socket_bytes({}) == 0);
static_assert(gloo::socket_bytes({1000, 77, 0, 0}) == 1000);
static_assert(gloo::socket_bytes({1000, 77, 3, 2}) == 1000 + 288 + 96);

constexpr std::size_t most = ~std::size_t{0};
static_assert(gloo::socket_bytes({most - 96, 0, 1, 0}) == most);
static_assert(!call::is_a_constant<[] { return gloo::socket_bytes({most - 95, 0, 1, 0}); }>);
static_assert(!call::is_a_constant<[] { return gloo::socket_bytes({0, 0, most / 96 + 1, 0}); }>);

}  // namespace
