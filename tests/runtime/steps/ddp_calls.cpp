// SPDX-License-Identifier: BSL-1.0
#include <examples/steps/ddp.hpp>

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
  std::tuple<> const no_buffers;
  cf::dynamic_group const world("world", c.world);
  // The one configuration that finds unused parameters was given a bucket_cap_mb of 1, which its name leaves out and its buckets tell.
  std::size_t const megabytes = c.parts.bucket_megabytes == 0 && c.parts.find_unused ? 1 : c.parts.bucket_megabytes;
  ddp::options with = megabytes == 0 ? ddp::options{} : ddp::capped(megabytes);
  with.find_unused_parameters = c.parts.find_unused;

  std::vector<recorded_call> calls =
      calls_of([&](auto& comm) { comm.phase("init", [&] { ddp::init(comm, parameters, no_buffers, world); }); });
  for (std::size_t step = 0; step < c.steps; ++step)
    for (recorded_call const& call :
         calls_of([&](auto& comm) { ddp::train(comm, parameters, no_buffers, world, with, step); }, step_suffix(step)))
      calls.push_back(call);
  return calls;
}

}  // namespace steps_test
