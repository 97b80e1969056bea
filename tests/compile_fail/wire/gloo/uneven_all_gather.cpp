// SPDX-License-Identifier: BSL-1.0
// error[gcc]: gloo refuses {} over {} with blocks of different sizes
// error[clang]: in call to .fail.*commfold::gloo::schedules_of.*gloo refuses {} over {} with blocks of different sizes.*c10d::allgather_
#include <commfold/tensor/tensor.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/wire/gloo/calls.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace cf = commfold;

using shard = cf::tensor<cf::f32, 8>;
#ifdef SHOULD_FAIL
using shards = std::tuple<shard, cf::tensor<cf::f32, 6>>;
#else
using shards = std::tuple<shard, shard>;
#endif

constexpr cf::process_group<"dp", 2> dp;
constexpr std::size_t sent = [] {
  auto const log =
      cf::log([](auto& comm) { static_cast<void>(comm.call(cf::c10d::allgather_, std::array<shards, 1>{}, std::array<shard, 1>{}, dp)); });
  std::size_t bytes = 0;
  cf::gloo::schedules_of(log.calls()[0], 1, [&](auto const& schedule) { bytes += cf::wire::sent_bytes(schedule, 1); });
  return bytes;
}();

int main() { return sent == 0; }
