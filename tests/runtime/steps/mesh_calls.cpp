// SPDX-License-Identifier: BSL-1.0
#include <examples/steps/decoder.hpp>

#include <tests/support/full_call_recorder.hpp>
#include "llama.hpp"
#include "recorded.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <vector>

namespace steps_test {

std::vector<recorded_call> mesh_calls(configuration const& c) {
  using axis = std::optional<cf::dynamic_group>;
  name_parts const& is = c.parts;
  bool const sharded = is.fsdp2 || is.hsdp;
  // Outermost first: replicas, shards, tensors.
  std::size_t next = 0;
  auto const axis_if = [&](bool there) { return there ? axis(c.axis(next++)) : axis(); };
  axis const replicate = axis_if(is.hsdp);
  axis const shard = axis_if(sharded);
  axis const tensor = axis_if(is.tp);
  if (next != c.mesh.size()) throw std::runtime_error(c.name + ": the mesh has more axes than the name has uses for");
  if (is.sp && !is.tp) throw std::runtime_error(c.name + ": sequence parallelism without tensor parallelism");
  if (is.param_dtype && !sharded) throw std::runtime_error(c.name + ": mixed precision is FSDP2's, and there is none");
  // The rows call every group that is no axis of the mesh "other".
  axis const reshard = is.reshard_ranks == 0 ? axis() : axis(cf::dynamic_group("other", is.reshard_ranks));
  steps::mesh const axes{replicate, shard, tensor, reshard};

  steps::options const with{.data = {.param_dtype = is.param_dtype.value_or(c.stored),
                                     .reduce_dtype = is.reduce_dtype.value_or(is.param_dtype.value_or(c.stored)),
                                     .reshard_after_forward = is.reshard_after_forward},
                            .tensor = {.sequences = c.batch,
                                       .tokens = c.seq_len,
                                       .key_value_heads = llama::key_value_heads,
                                       .sequence_parallel = is.sp,
                                       .loss_parallel = is.loss_parallel}};
  llama const model(c.stored);
  std::vector<recorded_call> calls = calls_of([&](auto& comm) { comm.phase("init", [&] { steps::init(comm, model, axes, with); }); });
  for (std::size_t step = 0; step < c.steps; ++step)
    for (recorded_call const& call : calls_of([&](auto& comm) { steps::train(comm, model, axes, with); }, step_suffix(step)))
      calls.push_back(call);
  return calls;
}

}  // namespace steps_test
