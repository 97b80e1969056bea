// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/open_phase.hpp>

#include <string_view>

namespace {
using commfold::detail::open_phase;
using commfold::detail::sequence_index;

/// Numbers the names that it is asked for, from 1 on.
struct sink {
  char asked[100] = {};
  std::size_t size = 0;
  sequence_index count = 0;
  constexpr sequence_index index_of(std::string_view name) {
    for (char const c : name) asked[size++] = c;
    asked[size++] = ';';
    return ++count;
  }
  [[nodiscard]] constexpr std::string_view all() const { return {asked, size}; }
};

// Names are joined; a sink is asked once for each phase in which a call is made, and not for those around it.
static_assert([] {
  sink names;
  open_phase phase;
  if (phase.index_in(names) != 0) return false;
  {
    open_phase::scope const outer(phase, "step");
    {
      open_phase::scope const silent(phase, "layer");
      open_phase::scope const inner(phase, "wq");
      if (phase.index_in(names) != 1 || phase.index_in(names) != 1) return false;
    }
    if (phase.index_in(names) != 2) return false;
    {
      open_phase::scope const inner(phase, "b");
      if (phase.index_in(names) != 3) return false;
    }
    if (phase.index_in(names) != 2) return false;  // it is known again
  }
  return phase.index_in(names) == 0 && names.all() == "step/layer/wq;step;step/b;";
}());

// A phase that is entered again is asked for again: the sink finds it.
static_assert([] {
  sink names;
  open_phase phase;
  for (int i = 0; i != 2; ++i) {
    open_phase::scope const entered(phase, "a");
    static_cast<void>(phase.index_in(names));
  }
  return names.all() == "a;a;";
}());

// A shorter name leaves nothing of a longer one that stood in its place.
static_assert([] {
  sink names;
  open_phase phase;
  {
    open_phase::scope const entered(phase, "attention");
  }
  open_phase::scope const entered(phase, "mlp");
  static_cast<void>(phase.index_in(names));
  return names.all() == "mlp;";
}());

}  // namespace
