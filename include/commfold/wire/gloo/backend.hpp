// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/gloo/backend.hpp
/// PyTorch on gloo as a backend of a step on the wire: `gloo::backend`.

#include <commfold/wire/call.hpp>
#include <commfold/wire/framing.hpp>
#include <commfold/wire/gloo/calls.hpp>
#include <commfold/wire/gloo/framing.hpp>

namespace commfold::gloo {

/// `on_wire(traffic, gloo::backend{}, where)`: each call by `schedules_of`, in messages with gloo's headers. It refuses what
/// `schedules_of` refuses.
struct backend {
  template <class Use>
  constexpr void schedules_of(wire::call const& c, Use&& use) const {
    constexpr wire::framing in{.header = framing::each_sent, .reply = framing::each_received};
    auto const in_messages = [&](wire::schedule auto const& one) { use(one, in); };
    gloo::schedules_of(c.record(), c.rank(), in_messages);
  }
};

}  // namespace commfold::gloo
