// SPDX-License-Identifier: BSL-1.0
#include <src/plan/memory.hpp>

#include <src/plan/sharded_units.hpp>

#include <commfold/parallel/axis.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

namespace commfold::io {

namespace {

/// ZeRO's states of a trained parameter: a copy, a momentum and a variance in float32.
constexpr std::size_t float32_states = 12;

struct shares {
  std::size_t parameters = 1, gradients = 1, optimizer = 1;  ///< the ranks that share them out
};

shares shares_of(held_parameter const& p, plan_options const& with) {
  switch (with.by) {
    case strategy::ddp:
    case strategy::megatron:
      return {};
    case strategy::zero1:
    case strategy::zero2:
    case strategy::zero3: {
      std::size_t const ranks = with.mesh.ranks(axis::dp);
      return {with.by == strategy::zero3 ? ranks : 1, with.by == strategy::zero1 ? 1 : ranks, ranks};
    }
    default: {
      sharded_meshes const meshes = meshes_of(with);
      std::size_t const ranks = parallel::ranks(p.expert && with.mesh.has(axis::ep) ? meshes.experts.shard : meshes.dense.shard);
      return {ranks, ranks, ranks};
    }
  }
}

std::size_t share(std::size_t elements, std::size_t ranks) { return commfold::detail::ceil_div(elements, ranks); }

void put(rank_memory& to, held_parameter const& p, plan_options const& with, std::size_t copies) {
  bool const has_own_states =
      with.by == strategy::ddp || with.by == strategy::fsdp2 || with.by == strategy::fsdp1 || with.by == strategy::hsdp;
  // FSDP2 cuts, and pads, rows; the others cut a flat buffer.
  bool const cuts_rows = with.by == strategy::fsdp2 || with.by == strategy::hsdp;
  std::size_t const unit = cuts_rows && !p.shape.empty() && p.shape.front() != 0 ? elements_of(p.shape) / p.shape.front() : 1;
  std::size_t const units = unit == 0 ? 0 : elements_of(p.shape) / unit, count = multiply(copies, p.copies);
  auto const held = [&](std::size_t ranks) { return multiply(count, multiply(unit, share(units, ranks))); };
  shares const by = shares_of(p, with);
  std::size_t const bytes = bits(p.dtype) / 8;
  to.parameters = add(to.parameters, multiply(held(by.parameters), bytes));
  if (!p.trainable) return;
  to.gradients = add(to.gradients, multiply(held(by.gradients), with.by == strategy::megatron ? std::size_t{4} : bytes));
  to.optimizer = add(to.optimizer, multiply(held(by.optimizer), has_own_states ? 2 * bytes : float32_states));
}

}  // namespace

std::size_t rank_memory::all() const { return add(parameters, add(gradients, optimizer)); }

rank_memory memory_of(held_model const& of, plan_options const& with) {
  rank_memory all;
  auto const put_module = [&](held_module const& m, std::size_t count) {
    for (held_parameter const& p : m.parameters) put(all, p, with, count);
  };
  for (held_module const& m : of.before) put_module(m, 1);
  for (layer_run const& run : of.runs) put_module(of.kinds[run.kind], run.count);
  for (held_module const& m : of.after) put_module(m, 1);
  return all;
}

}  // namespace commfold::io
