// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/pieces.hpp
/// The parameters of a stage, as buckets of gradients take them.

#include <src/plan/held_model.hpp>

#include <commfold/parallel/ddp.hpp>

#include <cstddef>
#include <vector>

namespace commfold::io {

/// Each parameter by itself, in the order in which they are registered.
inline std::vector<parallel::ddp::piece> pieces_of(held_model const& of) {
  std::vector<parallel::ddp::piece> pieces;
  auto const put = [&](held_module const& m) {
    for (held_parameter const& p : m.parameters)
      for (std::size_t i = 0; i != p.copies; ++i)
        pieces.push_back({p.dtype, elements_of(p.shape), p.shape.size(), p.shape.empty() ? std::size_t{1} : p.shape.front(), p.trainable});
  };
  for (held_module const& m : of.before) put(m);
  for (layer_run const& run : of.runs)
    for (std::size_t i = 0; i != run.count; ++i) put(of.kinds[run.kind]);
  for (held_module const& m : of.after) put(m);
  return pieces;
}

}  // namespace commfold::io
