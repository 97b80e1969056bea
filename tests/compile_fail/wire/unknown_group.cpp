// SPDX-License-Identifier: BSL-1.0
// error: the cluster has no group .*, which .* runs over; add it by with
#include <commfold/op/table.hpp>
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/trace.hpp>
#include <commfold/wire/all_reduce.hpp>
#include <commfold/wire/step.hpp>

namespace cf = commfold;

struct my_library {
  template <class Use>
  constexpr void schedules_of(cf::wire::call const& c, Use&& use) const {
    use(cf::wire::all_reduce::ring(cf::wire::blocks::of_vector(c.record().bytes().message_bytes, c.ranks())));
  }
};

constexpr cf::process_group<"tp", 4> tp;
constexpr auto traffic =
    cf::trace<1>([](auto& comm) { comm.call(cf::c10d_functional::all_reduce, cf::tensor<cf::f32, 4>{}, cf::sum, tp); });
constexpr cf::wire::cluster where(cf::process_group<"dp", 4>{});
#ifdef SHOULD_FAIL
constexpr std::size_t sent = cf::on_wire(traffic, my_library{}, where).sent_bytes(0);
#else
constexpr std::size_t sent = cf::on_wire(traffic, my_library{}, where.with_all("tp")).sent_bytes(0);
#endif

int main() { static_cast<void>(sent); }
