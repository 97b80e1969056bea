// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/fsdp/sharded_model.hpp
/// What a model under PyTorch's FSDP2, HSDP or `replicate()` communicates: its schedule, as calls of a communicator.

#include <commfold/comm/communicator.hpp>
#include <commfold/error.hpp>
#include <commfold/parallel/axis.hpp>
#include <commfold/parallel/clip.hpp>
#include <commfold/parallel/flat_buffer.hpp>
#include <commfold/parallel/fsdp/policy.hpp>
#include <commfold/parallel/fsdp/schedule.hpp>
#include <commfold/parallel/fsdp/unit.hpp>
#include <commfold/size/arithmetic.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace commfold::parallel::fsdp {

/// Where the calls of a model that are not FSDP2's stand: tensor parallelism, say. In a backward, a unit whose input needs no gradient has
/// no `end`, and its gradients are reduced when the whole backward ends.
struct moment {
  enum class when : unsigned char {
    begin,    ///< the unit is next: before its own forward, or backward, gathers it
    enter,    ///< it is whole
    leave,    ///< all units inside are done
    reduces,  ///< backward: its gradients are reduced next
    end       ///< they are reduced; in a forward, as soon as it is left
  };
  when is;
  std::string_view unit;  ///< the name that `unit::named` gave it

  [[nodiscard]] constexpr bool begins(std::string_view name) const { return is == when::begin && unit == name; }
  [[nodiscard]] constexpr bool enters(std::string_view name) const { return is == when::enter && unit == name; }
  [[nodiscard]] constexpr bool leaves(std::string_view name) const { return is == when::leave && unit == name; }
  [[nodiscard]] constexpr bool reduces(std::string_view name) const { return is == when::reduces && unit == name; }
  [[nodiscard]] constexpr bool ends(std::string_view name) const { return is == when::end && unit == name; }
};

/// Stands for a model that makes no calls of its own.
struct no_calls {
  constexpr void operator()(moment const&) const {}
};

/// A model that is wrapped by `fully_shard`, over S ranks of the shard axis and R of the replicate axis. Of a unit with n elements of
/// padded shards (`parameter::shard_elements`), of dtypes with p and g bytes:
///
///     gather:   `_allgather_base_`      S * n * p bytes from n * p, over the shard axis, or over k ranks from S / k * n * p
///     reduce:   `_reduce_scatter_base_` n * g bytes from S * n * g, then
///               `allreduce_`            n * g over the replicate axis, even where that is of one rank
///
/// Under FSDP1 (`policy::flat_parameter`) n = ⌈Σ elements / S⌉. Over a shard axis of one rank nothing is gathered or scattered. Which call
/// comes when is `schedule`'s. Every one of these is held against PyTorch 2.14 in tests/runtime/parallel/fsdp_rows_test.cpp.
/// ```cpp
/// fsdp::sharded_model model(fsdp::fully_shard(m.embed, fsdp::each(m.layers), m.norm, m.head), fsdp::policy{}, fsdp::mesh{dp});
/// comm.phase("forward", [&] { model.forward(comm); });
/// comm.phase("backward", [&] { model.backward(comm); });
/// ```
/// The model's own calls (tensor parallelism) are made by a function that is told each `moment`:
/// ```cpp
/// model.forward(comm, [&](fsdp::moment at) { if (at.leaves("layer")) comm.all_reduce(activation, cf::sum, tp); });
/// ```
/// Alike units (`each` over layers whose type says all, `alike`) are made once and counted, by `comm.repeat`; a communicator that keeps
/// paths is given each by itself, below the names of the units: `layers[3].attention`.
template <class... Mesh>
class sharded_model {
 public:
  /// It refuses what `schedule` refuses. Units are on the first mesh unless they say another (`unit::on_mesh`).
  constexpr sharded_model(unit const& root, policy const& with, Mesh const&... over)
      : meshes_(over...), schedule_(root, with, {ranks_of(over)...}) {
    static_assert(sizeof...(Mesh) != 0, "commfold::parallel::fsdp::sharded_model: a model is sharded over a mesh");
  }

  template <communicator Comm, class Calls = no_calls>
  constexpr void forward(Comm& comm, Calls const& calls = {}) {
    play(comm, schedule_.forward(form_for<Comm, Calls>(), true), calls);
  }
  /// Under `torch.no_grad()`: no backward follows.
  template <communicator Comm, class Calls = no_calls>
  constexpr void forward_without_gradients(Comm& comm, Calls const& calls = {}) {
    play(comm, schedule_.forward(form_for<Comm, Calls>(), false), calls);
  }
  template <communicator Comm, class Calls = no_calls>
  constexpr void backward(Comm& comm, micro_batch const& of = {}, Calls const& calls = {}) {
    play(comm, schedule_.backward(form_for<Comm, Calls>(), of), calls);
  }

  /// The states after a forward, without its calls: where only the backward is asked about.
  constexpr void assume_forward() { static_cast<void>(schedule_.forward({}, true)); }

  /// Gathers every unit that is not whole, the outermost first: `FSDPModule.unshard()`, and UNSHARD of a pipeline.
  template <communicator Comm>
  constexpr void unshard(Comm& comm) {
    play(comm, schedule_.unshard(form_for<Comm, no_calls>()), no_calls{});
  }
  /// Makes no call: `FSDPModule.reshard()`, and RESHARD of a pipeline.
  constexpr void reshard() { schedule_.reshard_all(); }
  /// Reduces the gradients of every unit, the outermost first, after backwards with `requires_gradient_sync = false`: REDUCE_GRAD of a
  /// pipeline.
  template <communicator Comm, class Calls = no_calls>
  constexpr void reduce_gradients(Comm& comm, micro_batch const& of = {}, Calls const& calls = {}) {
    play(comm, schedule_.reduce_all(form_for<Comm, Calls>(), of), calls);
  }

  /// `set_modules_to_forward_prefetch`: when the unit at `place` is gathered, so is the one at `target`. Places number all units in the
  /// order of `fully_shard`'s arguments, from the root, which is 0; every unit of a run has its own. Called once for each target.
  constexpr void prefetch_in_forward(std::size_t place, std::size_t target) { schedule_.prefetch_in_forward(place, target); }
  /// `set_modules_to_backward_prefetch`: instead of the unit whose forward was before.
  constexpr void prefetch_in_backward(std::size_t place, std::size_t target) { schedule_.prefetch_in_backward(place, target); }

  [[nodiscard]] constexpr schedule const& units() const { return schedule_; }

  /// How many parameters have a gradient, ignored ones too: the elements of the vector of norms that clipping reduces.
  [[nodiscard]] constexpr std::size_t gradients() const { return trained().elements; }

  /// `clip_grad_norm_(model.parameters())` between backward and optimizer: see `reduce_norms`. The gradients are sharded over the shard
  /// axis and equal on replicas, so only the first communicates: N elements of the parameters' dtype, N = `gradients()`, or one for the
  /// infinity norm. After a backward that did not reshard there is no sharded gradient, and PyTorch makes no call: neither must the step.
  /// `invalid_argument` under FSDP1.
  template <communicator Comm>
  constexpr void clip(Comm& comm, norm_kind kind = norm_kind::finite) const {
    for (unit_calls const& one : schedule_.units())
      if (one.with.flat_parameter)
        commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp",
                                                 "FSDP1 clips by a function of its own, which is not a part yet");
    flat_buffer const norms = trained();
    reduce_norms(comm, norms.elements, norms.dtype, kind, std::get<0>(meshes_).shard);
  }

 private:
  using event = detail::event;

  template <class One>
  static constexpr mesh_ranks ranks_of(One const& over) {
    return {.shard = ranks(over.shard),
            .replicate = is_there(over.replicate) ? ranks(over.replicate) : 0,
            .reshard = is_there(over.reshard) ? ranks(over.reshard) : 0};
  }
  constexpr flat_buffer trained() const {
    flat_buffer all{f32, 0};
    for (std::size_t at = 0; at != schedule_.places(); ++at) {
      unit_calls const& one = schedule_.units()[schedule_.unit_at(at)];
      if (!one.used || one.norms == 0) continue;
      if (all.elements == 0) all.dtype = one.trained;
      all.elements += one.norms;
    }
    return all;
  }

  template <class Comm, class Calls>
  static constexpr schedule::form form_for() {
    return {.moments = !std::is_same_v<Calls, no_calls>, .merged = !keeps_paths<Comm>};
  }

  template <class Comm, class Calls>
  constexpr void play(Comm& comm, std::vector<event> const& events, Calls const& calls) const {
    play(comm, events.data(), events.data() + events.size(), calls);
  }
  template <class Comm, class Calls>
  constexpr void play(Comm& comm, event const* first, event const* last, Calls const& calls) const {
    for (; first != last; ++first) {
      if (first->is != event::what::run) {
        play_one(comm, *first, calls);
        continue;
      }
      event const* const from = first + 1;
      event const* const to = from + first->length;
      if (first->length == 0) continue;
      if (first->count == 1)
        play(comm, from, to, calls);
      else
        comm.repeat(first->count, [this, &comm, &calls, from, to] { play(comm, from, to, calls); });
      first = to - 1;
    }
  }

  template <class Comm, class Calls>
  constexpr void play_one(Comm& comm, event const& one, Calls const& calls) const {
    using what = event::what;
    unit_calls const& unit = schedule_.units()[one.unit];
    if (one.is >= what::begin && one.is <= what::end) {  // the moments, in the order of `moment::when`
      using number = std::underlying_type_t<what>;
      calls(moment{static_cast<moment::when>(static_cast<number>(one.is) - static_cast<number>(what::begin)), unit.name});
      return;
    }
    if constexpr (keeps_paths<Comm>) {
      auto const path = schedule_.template path_of<std::string>(one.place);
      if (!path.empty()) {
        comm.below(std::string_view(path), [&comm, &one, &unit, this] { on_mesh(comm, one, unit, std::index_sequence_for<Mesh...>{}); });
        return;
      }
    }
    on_mesh(comm, one, unit, std::index_sequence_for<Mesh...>{});
  }

  template <class Comm, std::size_t... I>
  constexpr void on_mesh(Comm& comm, event const& one, unit_calls const& unit, std::index_sequence<I...>) const {
    static_cast<void>(((I == unit.mesh && (make(comm, one, unit, std::get<I>(meshes_)), true)) || ...));
  }

  template <class Comm, class Over>
  static constexpr void make(Comm& comm, event const& one, unit_calls const& unit, Over const& axes) {
    using what = event::what;
    if (one.is == what::gather)
      gather(comm, unit, axes.shard);
    else if (one.is == what::gather_resharded)
      gather(comm, unit, axes.reshard);
    else
      reduce(comm, unit, axes, one.is == what::reduce);
  }

  template <class Comm, class Axis>
  static constexpr void gather(Comm& comm, unit_calls const& unit, Axis const& axis) {
    flat_buffer const buffer{unit.gathered, multiply(unit.gathered_shard, unit.ranks.shard)};
    bool const in_place = !unit.with.flat_parameter;
    over(axis, [&comm, &buffer, in_place](auto const& group) {
      // FSDP2 copies the shard to its place in the buffer and gathers from there, so both have the storage of the whole buffer. FSDP1
      // gathers from the shard itself.
      flat_buffer shard = buffer.piece(group.size);
      if (!in_place) shard.storage = shard.elements;
      comm.dist().all_gather_into_tensor(buffer, shard, group);
    });
  }

  template <class Comm, class Over>
  static constexpr void reduce(Comm& comm, unit_calls const& unit, Over const& axes, bool over_replicas) {
    flat_buffer const shard{unit.reduced, unit.reduced_shard};
    flat_buffer const buffer{unit.reduced, multiply(unit.reduced_shard, unit.ranks.shard)};
    if (unit.ranks.shard != 1)
      over(axes.shard, [&comm, &shard, &buffer, &unit](auto const& group) {
        comm.dist().reduce_scatter_tensor(shard, buffer, unit.scatter_op(), group);
      });
    if (over_replicas)
      over(axes.replicate, [&comm, &shard, &unit](auto const& group) { comm.dist().all_reduce(shard, unit.replicate_op(), group); });
  }

  std::tuple<Mesh...> meshes_;
  schedule schedule_;
};

template <class... Mesh>
sharded_model(unit const&, policy const&, Mesh const&...) -> sharded_model<Mesh...>;

}  // namespace commfold::parallel::fsdp
