// SPDX-License-Identifier: BSL-1.0
// error[gcc]: {} has uneven splits, of one rank: say of which, schedules_of.call, rank, use
// error[clang]: in call to .fail.*commfold::gloo::schedules_of.*{} has uneven splits, of one rank.*_c10d_functional::all_to_all_single
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>

#include <array>
#include <cstddef>

namespace cf = commfold;

constexpr cf::process_group<"ep", 2> ep;
constexpr std::array input_splits{3, 5}, output_splits{4, 1};
constexpr std::size_t sent = [] {
  auto const log = cf::log([](auto& comm) {
    static_cast<void>(comm.call(cf::c10d_functional::all_to_all_single, cf::tensor<cf::f32, 8>{}, output_splits, input_splits, ep));
  });
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
