// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/stage_calls.hpp
/// What the activations of a stage communicate from its first layer to its last one, and back.

#include <src/plan/activation_calls.hpp>
#include <src/plan/held_model.hpp>

#include <cstddef>

namespace commfold::io {

/// Calls each(layer) for every layer, alike ones as one that is repeated.
template <class Comm, class Each>
void for_each_layer(Comm& comm, held_model const& of, bool backwards, Each const& each) {
  for (std::size_t i = 0; i != of.runs.size(); ++i) {
    layer_run const& run = of.runs[backwards ? of.runs.size() - 1 - i : i];
    comm.repeat(run.count, [&] { each(of.kinds[run.kind]); });
  }
}

/// The calls of a stage's activations, all of them in order: where no unit of FSDP stands between them.
template <class Comm>
void forward_of(Comm& comm, held_model const& of, activation_calls const& calls) {
  if (!of.before.empty()) calls.embedding_forward(comm);
  for_each_layer(comm, of, false, [&](held_module const& layer) { calls.layer_forward(comm, layer); });
  if (!of.after.empty()) calls.head_forward(comm);
}
template <class Comm>
void backward_of(Comm& comm, held_model const& of, activation_calls const& calls) {
  if (!of.after.empty()) calls.head_backward(comm);
  for_each_layer(comm, of, true, [&](held_module const& layer) { calls.layer_backward(comm, layer); });
  if (!of.before.empty()) calls.embedding_backward(comm);
}

}  // namespace commfold::io
