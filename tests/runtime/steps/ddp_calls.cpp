// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/ddp.hpp>

#include <tests/support/full_call_recorder.hpp>
#include "llama.hpp"
#include "recorded.hpp"

#include <cstddef>
#include <tuple>
#include <vector>

namespace steps_test {

std::vector<recorded_call> ddp_calls(configuration const& c) {
  llama const model(c.stored);
  // The model's own class would be no node, since it has a constructor; its tensors side by side are what DDP sees.
  auto const parameters = std::tie(model.embed, model.layers, model.norm, model.head);
  cf::dynamic_group const world("world", c.world);
  namespace ddp = cf::parallel::ddp;
  // The one configuration that finds unused parameters was given a bucket_cap_mb of 1, which its name leaves out and its buckets tell.
  std::size_t const megabytes = c.parts.bucket_megabytes == 0 && c.parts.find_unused ? 1 : c.parts.bucket_megabytes;
  ddp::options with{.find_unused_parameters = c.parts.find_unused};
  if (megabytes != 0) with.bucket_cap_bytes = megabytes << 20;
  ddp::replicated_model replicated(ddp::pieces_of(parameters), {}, with, world);

  std::vector<recorded_call> calls = calls_of([&](auto& comm) { comm.phase("init", [&] { replicated.init(comm); }); });
  auto const step = [&](auto& comm) {
    comm.phase("forward", [&] { replicated.forward(comm); });
    comm.phase("backward", [&] { replicated.backward(comm); });
  };
  for (std::size_t done = 0; done < c.steps; ++done)
    for (recorded_call const& call : calls_of(step, step_suffix(done))) calls.push_back(call);
  return calls;
}

}  // namespace steps_test
