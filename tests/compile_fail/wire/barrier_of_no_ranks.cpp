// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::barrier::dissemination".*a group has at least one rank
#include <commfold/wire/barrier.hpp>

#include <cstddef>

namespace wire = commfold::wire;

#ifdef SHOULD_FAIL
constexpr std::size_t sent = wire::sent_bytes(wire::barrier::dissemination(0), 0);
#else
constexpr std::size_t sent = wire::sent_bytes(wire::barrier::dissemination(1), 0);
#endif

int main() { static_cast<void>(sent); }
