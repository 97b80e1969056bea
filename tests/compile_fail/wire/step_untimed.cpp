// SPDX-License-Identifier: BSL-1.0
// error: commfold::wire::step: nothing is known of time; give on_wire\(\) a network or another timing
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/step.hpp>
#include <commfold/wire/time.hpp>

namespace cf = commfold;

struct my_library {
  template <class Use>
  constexpr void schedules_of(cf::wire::call const& c, Use&& use) const {
    use(cf::wire::all_reduce::ring(cf::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
  }
};

constexpr cf::wire::cluster placed(cf::process_group<"dp", 4>{});
#ifdef SHOULD_FAIL
constexpr double how_long = cf::on_wire(cf::ledger<1>(), my_library{}, placed).microseconds();
#else
constexpr double how_long = cf::on_wire(cf::ledger<1>(), my_library{}, placed, cf::wire::network{{1, 1}}).microseconds();
#endif

int main() { static_cast<void>(how_long); }
