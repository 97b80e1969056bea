// SPDX-License-Identifier: BSL-1.0
// error[gcc]: {} is a call of one rank: say of which, schedules_of.call, rank, use
// error[clang]: in call to .fail.*commfold::gloo::schedules_of.*{} is a call of one rank: say of which.*c10d::send
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>

#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"pp", 4> pp;
constexpr std::size_t sent = [] {
  auto const log = cf::log([](auto& comm) { static_cast<void>(comm.call(cf::c10d::send, cf::tensor<cf::f32, 8>{}, pp, 2, 0)); });
  std::size_t bytes = 0;
  auto const add = [&](auto const& schedule) { bytes += cf::wire::sent_bytes(schedule, 1); };
#ifdef SHOULD_FAIL
  cf::gloo::schedules_of(log.calls()[0], add);
#else
  cf::gloo::schedules_of(log.calls()[0], 1, add);
#endif
  return bytes;
}();

int main() { return sent == 0; }
