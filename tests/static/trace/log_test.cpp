// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/log.hpp>

#include <commfold/tensor/tensor.hpp>

#include <array>
#include <cstddef>

namespace {
namespace cf = commfold;

constexpr cf::process_group<"dp", 4> dp;
constexpr cf::tensor<cf::f32, 8> x;  // 32 B

// Every call, in order, as often as it is repeated.
constexpr bool in_order() {
  auto const log = cf::log([](auto& comm) {
    comm.repeat(2, [&] {
      comm.all_gather(x, dp);
      comm.phase("p",
                 [&] { comm.for_each(std::array<cf::tensor<cf::f32, 8>, 2>{}, [&](auto const& t) { comm.all_reduce(t, cf::sum, dp); }); });
    });
    comm.barrier(dp);
    comm.repeat(0, [&] { comm.barrier(dp); });
  });
  if (log.calls().size() != 7) return false;
  constexpr std::size_t message[] = {128, 32, 32, 128, 32, 32, 0};
  for (std::size_t i = 0; i < 7; ++i)
    if (log.calls()[i].bytes().message_bytes != message[i]) return false;
  return log.calls()[1].phase() == "p" && log.calls()[3].phase().empty() && log.calls()[6].op() == "c10d::barrier";
}
static_assert(in_order());
static_assert(cf::log([](auto&) {}).calls().empty());

// The calls of a log that is written further, by hand and with views of itself.
static_assert([] {
  cf::call_log log;
  log.add({cf::c10d::barrier, "dp", 4, "forward/layer", {}, {}}, 2);
  cf::call_record const first = log.calls()[0];
  log.add({cf::c10d::barrier, first.phase().substr(0, 7), 4, first.phase().substr(8), {}, {}}, 1);
  auto const calls = log.calls();
  return calls.size() == 3 && calls[0] == calls[1] && calls.back().group() == "forward" && calls.back().phase() == "layer";
}());

// A log keeps the parts of all calls.
static_assert([] {
  auto const log = cf::log([](auto& comm) {
    for (std::size_t i = 0; i != 9; ++i) comm.all_to_all(x, std::array<std::size_t, 4>{i, 0, 0, 0}, std::array{2, 2, 2, 2}, dp);
  });
  for (std::size_t i = 1; i != 9; ++i)
    if (log.calls()[i].output_parts().size() != 4 || log.calls()[i].output_parts()[0] != 4 * i) return false;
  return log.calls()[0].parts() == cf::parts_state::even && log.calls()[0].bytes().output_bytes == 0;
}());

}  // namespace
