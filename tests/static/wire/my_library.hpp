// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/call.hpp>

/// The backend of docs/wire.md: every all_reduce is a ring, and nothing else is known.
struct my_library {
  template <class Use>
  constexpr void schedules_of(commfold::wire::call const& c, Use&& use) const {
    if (c.kind() != commfold::collective_kind::all_reduce) commfold::wire::refuse("my_library", c);
    use(commfold::wire::all_reduce::ring(commfold::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
  }
};
