// SPDX-License-Identifier: BSL-1.0
// error[gcc]: gloo as PyTorch builds it has no {} of {}
// error[clang]: in call to .fail.*commfold::gloo::schedules_of.*gloo as PyTorch builds it has no {} of {}.*allreduce_.*"bfloat16"
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
using element = cf::tensor<cf::bf16, 8>;
#else
using element = cf::tensor<cf::f32, 8>;
#endif

constexpr cf::process_group<"dp", 4> dp;
constexpr std::size_t sent = [] {
  auto const log = cf::log([](auto& comm) { static_cast<void>(comm.call(cf::c10d::allreduce_, element{}, dp, cf::sum)); });
  std::size_t bytes = 0;
  cf::gloo::schedules_of(log.calls()[0], 1, [&](auto const& schedule) { bytes += cf::wire::sent_bytes(schedule, 1); });
  return bytes;
}();

int main() { return sent == 0; }
