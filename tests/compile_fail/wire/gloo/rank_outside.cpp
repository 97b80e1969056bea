// SPDX-License-Identifier: BSL-1.0
// error: rank {} is outside a group of {} ranks
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*commfold::gloo::schedules_of.*rank {} is outside a group of {} ranks.*, 4, 4\)
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t rank = 4;
#else
constexpr std::size_t rank = 3;
#endif

constexpr cf::process_group<"dp", 4> dp;
constexpr std::size_t sent = [] {
  auto const log = cf::log([](auto& comm) { static_cast<void>(comm.call(cf::c10d::allreduce_, cf::tensor<cf::f32, 8>{}, dp, cf::sum)); });
  std::size_t bytes = 0;
  cf::gloo::schedules_of(log.calls()[0], rank, [&](auto const& schedule) { bytes += cf::wire::sent_bytes(schedule, rank); });
  return bytes;
}();

int main() { return sent == 0; }
