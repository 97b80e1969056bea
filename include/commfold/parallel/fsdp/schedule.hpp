// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/fsdp/schedule.hpp
/// The state machine of FSDP2: which unit is gathered and reduced when. No user need name it: `sharded_model` makes calls of it.

#include <commfold/error.hpp>
#include <commfold/group/reduce_op.hpp>
#include <commfold/parallel/fsdp/policy.hpp>
#include <commfold/parallel/fsdp/unit.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/dtype.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::parallel::fsdp {

/// Where a unit's parameters are.
enum class holding : unsigned char {
  sharded,    ///< over all ranks of the shard axis
  resharded,  ///< over the smaller groups of `reshard_after_forward=k`
  whole       ///< on every rank
};

/// The ranks of a mesh, as far as a schedule needs them.
struct mesh_ranks {
  std::size_t shard = 1;
  std::size_t replicate = 0;  ///< 0: the program has no such axis
  std::size_t reshard = 0;
};

/// What a unit's calls carry. All units of a run of alike ones share it.
struct unit_calls {
  policy with{};
  std::size_t mesh = 0;
  mesh_ranks ranks{};
  std::string_view name{};
  bool used = true;
  bool unshard_in_backward = true;
  std::size_t held_by = 1;  ///< the number of ranks that hold it between forward and backward

  std::size_t parameters = 0;
  dtype gathered = f32;            ///< `uint8` where the parameters have several dtypes and no `param_dtype` makes them one
  std::size_t gathered_shard = 0;  ///< elements of `gathered` that one rank sends: Σ ⌈extent / S⌉ * elements / extent
  std::size_t flat_elements = 0;   ///< of FSDP1's one parameter, without padding
  std::size_t gradients = 0;
  std::size_t norms = 0;  ///< how many gradients clipping sees: those, and of ignored parameters
  dtype trained = f32;    ///< of these parameters, as they are stored
  dtype reduced = f32;
  std::size_t reduced_shard = 0;  ///< elements of `reduced` that one rank receives

  /// PyTorch averages float32 and bfloat16 and sums what could overflow or is no float of NCCL's average, dividing before and after.
  /// Source:
  /// `_get_gradient_divide_factors` in torch/distributed/fsdp/_fully_shard/_fsdp_collectives.py.
  [[nodiscard]] constexpr bool divides_by_hand() const {
    return with.force_sum || with.flat_parameter || (reduced != f32 && reduced != bf16);
  }
  [[nodiscard]] constexpr reduce_op scatter_op() const {
    if (divides_by_hand()) return sum;
    std::size_t const all = multiply(ranks.shard, ranks.replicate == 0 ? std::size_t{1} : ranks.replicate);
    if (!with.gradient_divide_factor) return all > 1 ? avg : sum;
    double const factor = *with.gradient_divide_factor, shards = static_cast<double>(ranks.shard);
    return factor < shards || shards < factor ? reduce_op::premul_sum : avg;
  }
  [[nodiscard]] constexpr reduce_op replicate_op() const { return with.gradient_divide_factor ? sum : scatter_op(); }
};

namespace detail {

/// One thing that happens in a forward or a backward. `run` stands before the events of one of several alike units.
struct event {
  enum class what : unsigned char { gather, gather_resharded, reduce, scatter, begin, enter, leave, reduces, end, run };
  what is = what::run;
  std::size_t unit = 0;    ///< index of its calls
  std::size_t place = 0;   ///< index of the unit itself, where the events of alike units are kept apart
  std::size_t count = 1;   ///< of a run
  std::size_t length = 0;  ///< of a run: how many events one of them has

  [[nodiscard]] friend constexpr bool operator==(event const&, event const&) = default;
};

}  // namespace detail

/// The units of a model with their states. A forward or a backward is a walk over them; what it does to a unit depends on the unit's
/// state and changes it, and the list of the calls is what comes of that. The walk, with the rules of `FSDPState` and `FSDPParamGroup`
/// (torch/distributed/fsdp/_fully_shard, 2.14):
///   - a unit's forward begins: it is gathered unless it is whole. It ends: the unit is sharded, resharded or stays whole
///     (`reshard_after_forward`), and is noted as the next in the order of forwards.
///   - a unit's backward begins: it is gathered unless it is whole, and so is the unit whose forward ended just before its own, which is
///     the prefetch. It ends, when its input has its gradient: the unit is sharded, and its gradients are reduced.
///   - a unit whose input needs no gradient (the root, an embedding, the first layer on a frozen embedding) is not told that its backward
///     ends: the end of the whole backward tells it, outermost first.
class schedule {
 public:
  /// `invalid_argument` for a unit whose gradients have several dtypes and for a `tied` parameter in two units, as PyTorch refuses them,
  /// for a mesh that is not there, and for what `reshard::ranks` and `parameter::shard_elements` refuse.
  constexpr schedule(unit const& root, policy const& with, std::vector<mesh_ranks> const& meshes) {
    std::vector<detail::token> const& tokens = root.tokens();
    std::vector<std::size_t> calls_of_token;
    collect(tokens, with, meshes, calls_of_token);
    bool needs_gradient = false;
    std::size_t at = 0;
    while (at != tokens.size()) at = place_one(tokens, calls_of_token, at, no_place, needs_gradient);
  }

  [[nodiscard]] constexpr std::vector<unit_calls> const& units() const { return units_; }
  /// The number of units, each of a run counted, in the order in which they stand: the root is 0.
  [[nodiscard]] constexpr std::size_t places() const { return places_.size(); }
  /// Which of `units()` the unit at a place is.
  [[nodiscard]] constexpr std::size_t unit_at(std::size_t place) const { return places_.at(place).unit; }
  /// The names of a unit and of those around it, with the numbers of those in runs: `layers[3].attention`. Empty where none has a name.
  template <class Text>
  [[nodiscard]] Text path_of(std::size_t place) const {
    Text path;
    for (std::size_t at = place; at != no_place; at = places_[at].inside) {
      placed_unit const& one = places_[at];
      Text own(units_[one.unit].name);
      if (own.empty()) continue;
      if (one.in_run) own += "[" + std::to_string(one.index) + "]";
      path = path.empty() ? own : own + "." + path;
    }
    return path;
  }
  [[nodiscard]] constexpr holding state(std::size_t place) const { return places_.at(place).state; }

  constexpr void prefetch_in_forward(std::size_t place, std::size_t target) { add_prefetch(forward_targets_, place, target); }
  constexpr void prefetch_in_backward(std::size_t place, std::size_t target) { add_prefetch(backward_targets_, place, target); }

  /// How the lists of events are written: with the moments of the model's own calls or without; alike ones merged or each by itself.
  struct form {
    bool moments = false;
    bool merged = true;
  };

  /// The events of a forward. Without gradients nothing is noted for a backward.
  constexpr std::vector<detail::event> forward(form const& as, bool with_gradients) {
    std::vector<detail::event> made;
    forward_of(0, made, as, with_gradients);
    return made;
  }

  constexpr std::vector<detail::event> backward(form const& as, micro_batch const& of) {
    std::vector<detail::event> made;
    for (placed_unit& one : places_) one.ended = false;
    backward_of(0, made, as, of);
    for (std::size_t at = 0; at != places_.size(); ++at)
      if (!places_[at].ended) end_backward(at, made, as, of);
    if (of.is_last_backward) forget_order();
    return made;
  }

  /// `FSDPModule.unshard()` of every unit that is not whole: what a pipeline's UNSHARD does.
  constexpr std::vector<detail::event> unshard(form const& as) {
    std::vector<detail::event> made;
    for (std::size_t at = 0; at != places_.size(); ++at) gather(at, made, as);
    return made;
  }
  /// `FSDPModule.reshard()` of every unit.
  constexpr void reshard_all() {
    for (placed_unit& one : places_) one.state = holding::sharded;
  }
  /// The gradients of every unit, outermost first, after backwards that did not synchronise: what a pipeline's REDUCE_GRAD does.
  constexpr std::vector<detail::event> reduce_all(form const& as, micro_batch const& of) {
    std::vector<detail::event> made;
    for (std::size_t at = 0; at != places_.size(); ++at) end_backward(at, made, as, of);
    forget_order();
    return made;
  }

 private:
  using event_list = std::vector<detail::event>;
  using event = detail::event;
  static constexpr std::size_t no_place = ~std::size_t{0};

  struct placed_unit {
    std::size_t unit = 0;
    std::size_t end = 0;            ///< the place behind the last unit inside
    bool in_run = false;            ///< one of several alike
    std::size_t index = 0;          ///< in its run
    std::size_t inside = no_place;  ///< the unit around it
    bool input_needs_gradient = false;
    bool output_needs_gradient = false;
    holding state = holding::sharded;
    bool ended = false;                   ///< its backward, in this backward
    std::size_t last_forward = no_place;  ///< the newest of its forwards in `order_` that no backward has met
  };
  struct tie {
    std::string_view name;
    std::size_t unit;
  };
  struct ended_forward {
    std::size_t place;
    std::size_t before = no_place;  ///< the unit's own forward before this one
  };
  struct prefetched_unit {
    std::size_t place;
    std::size_t target;
  };

  constexpr void add_prefetch(std::vector<prefetched_unit>& to, std::size_t place, std::size_t target) {
    if (place >= places_.size() || target >= places_.size())
      commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp", "there is no unit {} to prefetch, there are {}",
                                               place >= places_.size() ? place : target, places_.size());
    to.push_back({place, target});
  }

  constexpr void collect(std::vector<detail::token> const& tokens, policy const& with, std::vector<mesh_ranks> const& meshes,
                         std::vector<std::size_t>& calls_of_token) {
    using what = detail::token::what;
    std::vector<std::size_t> open;
    std::vector<tie> ties;
    for (std::size_t at = 0; at != tokens.size(); ++at) {
      detail::token const& one = tokens[at];
      calls_of_token.push_back(units_.size());
      if (one.is == what::unit_begins) {
        if (one.unit.mesh >= meshes.size())
          commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp", "a unit is on mesh {}, of {} that are given", one.unit.mesh,
                                                   meshes.size());
        unit_calls made{.with = one.unit.with.value_or(with),
                        .mesh = one.unit.mesh,
                        .ranks = meshes[one.unit.mesh],
                        .name = one.unit.name,
                        .used = one.unit.used,
                        .unshard_in_backward = one.unit.unshard_in_backward};
        made.held_by = made.with.reshard_after_forward.ranks(made.ranks.shard, open.empty());
        if (made.held_by != 1 && made.held_by != made.ranks.shard && made.held_by != made.ranks.reshard)
          commfold::detail::fail<invalid_argument>(
              "commfold::parallel::fsdp",
              "reshard_after_forward is {}, and the mesh has no group of so many ranks as its `reshard`, but {}", made.held_by,
              made.ranks.reshard);
        open.push_back(units_.size());
        units_.push_back(made);
      } else if (one.is == what::unit_ends) {
        open.pop_back();
      } else if (one.is == what::parameter) {
        if (is_first_of_tie(ties, one.parameter.tie, open.back())) add(units_[open.back()], one.parameter);
      }
    }
  }

  /// Whether the parameter is not the one of this name that the unit has already.
  static constexpr bool is_first_of_tie(std::vector<tie>& ties, std::string_view name, std::size_t unit) {
    if (name.empty()) return true;
    for (tie const& one : ties) {
      if (one.name != name) continue;
      if (one.unit != unit)
        commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp",
                                                 "the tied parameter '{}' is in two units; put both modules in one, as "
                                                 "fully_shard([embed, norm, head]) does",
                                                 name);
      return false;
    }
    ties.push_back({name, unit});
    return true;
  }

  static constexpr void add(unit_calls& to, parameter const& one) {
    if (one.ignored) {
      if (one.trainable && one.used) count_norm(to, one.dtype);
      return;
    }
    if (to.with.flat_parameter) return add_flat(to, one);
    std::size_t const shard = one.shard_elements(to.ranks.shard);
    dtype const stored = to.with.param_dtype.value_or(one.dtype);
    if (to.parameters == 0) to.gathered = stored;
    if (to.gathered != stored && to.gathered != u8) {
      to.gathered_shard = bytes_of(to.gathered, to.gathered_shard);
      to.gathered = u8;
    }
    to.gathered_shard = commfold::add(to.gathered_shard, to.gathered == stored ? shard : bytes_of(stored, shard));
    ++to.parameters;
    if (!one.trainable || (!one.used && !to.with.reduce_unused)) return;
    dtype const gradient = to.with.reduce_dtype.value_or(stored);
    if (to.gradients == 0) to.reduced = gradient;
    count_norm(to, one.dtype);
    if (to.reduced != gradient)
      commfold::detail::fail<invalid_argument>(
          "commfold::parallel::fsdp",
          "the gradients of a unit are {} and {}: FSDP2 reduces one dtype; set reduce_dtype or param_dtype, or freeze the others",
          name(to.reduced), name(gradient));
    to.reduced_shard = commfold::add(to.reduced_shard, shard);
    ++to.gradients;
  }

  /// FSDP1: ⌈Σ elements / S⌉ of one dtype, all of them with a gradient or all without. Source: `FlatParamHandle` in
  /// torch/distributed/fsdp/_flat_param.py.
  static constexpr void add_flat(unit_calls& to, parameter const& one) {
    dtype const stored = to.with.param_dtype.value_or(one.dtype);
    if (to.parameters != 0 && (to.trained != one.dtype || (to.gradients != 0) != one.trainable))
      commfold::detail::fail<invalid_argument>(
          "commfold::parallel::fsdp", "FSDP1 flattens parameters of one dtype, all trainable or all frozen, to one; unit '{}' has others",
          to.name);
    ++to.parameters;
    to.trained = one.dtype;
    to.gathered = stored;
    to.flat_elements = commfold::add(to.flat_elements, one.elements);
    to.gathered_shard = commfold::detail::ceil_div(to.flat_elements, to.ranks.shard);
    if (!one.trainable) return;
    ++to.gradients;
    ++to.norms;
    to.reduced = to.with.reduce_dtype.value_or(stored);
    to.reduced_shard = to.gathered_shard;
  }

  static constexpr void count_norm(unit_calls& to, dtype stored) {
    if (to.norms++ == 0) to.trained = stored;
  }

  /// The token at `at`, with what belongs to it, as places. `needs_gradient`: whether a trainable parameter was used before.
  constexpr std::size_t place_one(std::vector<detail::token> const& tokens, std::vector<std::size_t> const& calls_of_token, std::size_t at,
                                  std::size_t inside, bool& needs_gradient) {
    using what = detail::token::what;
    detail::token const& one = tokens[at];
    if (one.is == what::parameter) {
      needs_gradient = needs_gradient || (one.parameter.trainable && one.parameter.used);
      return at + 1;
    }
    if (one.is == what::run) {
      std::size_t const end = at + 1 + one.length;
      // From the second unit on nothing is new: what the first one trains is used before the others.
      std::size_t second = 0;
      for (std::size_t n = 0; n != one.count; ++n) {
        std::size_t const start = places_.size();
        if (n < 2) {
          for (std::size_t next = at + 1; next != end;) next = place_one(tokens, calls_of_token, next, inside, needs_gradient);
          second = start;
        } else {
          std::size_t const length = start - second;
          for (std::size_t i = 0; i != length; ++i) {
            placed_unit copy = places_[second + i];
            copy.end += length;
            if (copy.inside != inside) copy.inside += length;
            places_.push_back(copy);
          }
          second = start;
        }
        places_[start].in_run = one.count > 1;
        places_[start].index = n;
      }
      return end;
    }
    std::size_t const here = places_.size();
    places_.push_back({.unit = calls_of_token[at], .inside = inside, .input_needs_gradient = needs_gradient});
    for (++at; tokens[at].is != what::unit_ends;) at = place_one(tokens, calls_of_token, at, here, needs_gradient);
    places_[here].output_needs_gradient = needs_gradient;
    places_[here].end = places_.size();
    return at + 1;
  }

  constexpr void put(event_list& to, event::what is, std::size_t at, form const& as) const {
    to.push_back({.is = is, .unit = places_[at].unit, .place = as.merged ? 0 : at});
  }

  constexpr void gather(std::size_t at, event_list& to, form const& as) {
    placed_unit& one = places_[at];
    unit_calls const& calls = units_[one.unit];
    if (one.state == holding::whole || calls.parameters == 0) return;
    if (calls.ranks.shard != 1) put(to, one.state == holding::resharded ? event::what::gather_resharded : event::what::gather, at, as);
    one.state = holding::whole;
  }
  constexpr void gather_for_backward(std::size_t at, event_list& to, form const& as) {
    if (units_[places_[at].unit].unshard_in_backward) gather(at, to, as);
  }

  /// The events of the units directly inside `at`. Those of a run of alike units that do the same are written once.
  template <class Visit>
  constexpr void inside(std::size_t at, bool backwards, event_list& to, form const& as, Visit const& visit) {
    std::vector<std::size_t> children;
    for (std::size_t child = at + 1; child != places_[at].end; child = places_[child].end) children.push_back(child);
    std::size_t before = no_place;  // the run event of the unit before
    for (std::size_t i = 0; i != children.size(); ++i) {
      std::size_t const child = children[backwards ? children.size() - 1 - i : i];
      if (!as.merged || !places_[child].in_run) {
        visit(child);
        before = no_place;
        continue;
      }
      std::size_t const start = to.size();
      to.push_back({.is = event::what::run, .unit = places_[child].unit});
      visit(child);
      to[start].length = to.size() - start - 1;
      if (before != no_place && same(to, before, start)) {
        ++to[before].count;
        to.resize(start);
      } else {
        before = start;
      }
    }
  }
  static constexpr bool same(event_list const& in, std::size_t a, std::size_t b) {
    if (in[a].unit != in[b].unit || in[a].length != in[b].length || in.size() != b + 1 + in[b].length) return false;
    for (std::size_t i = 1; i <= in[a].length; ++i)
      if (in[a + i] != in[b + i]) return false;
    return true;
  }

  constexpr void forward_of(std::size_t at, event_list& to, form const& as, bool with_gradients) {
    unit_calls const& calls = units_[places_[at].unit];
    if (!calls.used) return;
    if (as.moments) put(to, event::what::begin, at, as);
    gather(at, to, as);
    for (prefetched_unit const& one : forward_targets_)
      if (one.place == at) gather(one.target, to, as);
    if (as.moments) put(to, event::what::enter, at, as);
    inside(at, false, to, as, [&](std::size_t child) { forward_of(child, to, as, with_gradients); });
    if (as.moments) {
      put(to, event::what::leave, at, as);
      put(to, event::what::end, at, as);
    }
    if (calls.parameters == 0) return;
    placed_unit& one = places_[at];
    if (calls.held_by == calls.ranks.shard && calls.ranks.shard != 1)
      one.state = holding::sharded;
    else if (calls.held_by != 1 && one.state == holding::whole)
      one.state = holding::resharded;
    if (!with_gradients) return;
    order_.push_back({at, one.last_forward});
    one.last_forward = order_.size() - 1;
  }

  constexpr void backward_of(std::size_t at, event_list& to, form const& as, micro_batch const& of) {
    unit_calls const& calls = units_[places_[at].unit];
    if (!calls.used || !places_[at].output_needs_gradient) return;
    if (as.moments) put(to, event::what::begin, at, as);
    if (calls.parameters != 0) {
      gather_for_backward(at, to, as);
      bool listed = false;
      for (prefetched_unit const& one : backward_targets_) {
        if (one.place != at) continue;
        listed = true;
        gather_for_backward(one.target, to, as);
      }
      if (!listed) prefetch_before(at, to, as);
    }
    if (as.moments) put(to, event::what::enter, at, as);
    inside(at, true, to, as, [&](std::size_t child) { backward_of(child, to, as, of); });
    if (as.moments) put(to, event::what::leave, at, as);
    if (!places_[at].input_needs_gradient) return;
    end_backward(at, to, as, of);
    if (as.moments) put(to, event::what::end, at, as);
  }

  constexpr void prefetch_before(std::size_t at, event_list& to, form const& as) {
    placed_unit& one = places_[at];
    if (one.last_forward == no_place) return;
    std::size_t const met = one.last_forward;
    one.last_forward = order_[met].before;
    if (met != 0) gather_for_backward(order_[met - 1].place, to, as);
  }

  constexpr void end_backward(std::size_t at, event_list& to, form const& as, micro_batch const& of) {
    placed_unit& one = places_[at];
    unit_calls const& calls = units_[one.unit];
    one.ended = true;
    if (calls.parameters == 0) return;
    if (of.reshard_after_backward) one.state = holding::sharded;
    if (!of.requires_gradient_sync || !calls.used || calls.gradients == 0) return;
    if (as.moments) put(to, event::what::reduces, at, as);
    put(to, of.requires_all_reduce ? event::what::reduce : event::what::scatter, at, as);
  }

  constexpr void forget_order() {
    order_.clear();
    for (placed_unit& one : places_) one.last_forward = no_place;
  }

  std::vector<unit_calls> units_;
  std::vector<placed_unit> places_;
  std::vector<ended_forward> order_;
  std::vector<prefetched_unit> forward_targets_, backward_targets_;
};

}  // namespace commfold::parallel::fsdp
