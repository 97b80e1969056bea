// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/fsdp/unit.hpp
/// A unit of FSDP2: what one call of PyTorch's `fully_shard` wraps, with the units inside.

#include <commfold/error.hpp>
#include <commfold/parallel/fsdp/policy.hpp>
#include <commfold/parallel/marks.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/extents_of.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/for_each.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/stateless.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::parallel::fsdp {

/// One parameter as FSDP2 shards it: along dimension `dimension`, of `extent`, in blocks of ⌈extent / S⌉ on S ranks.
struct parameter {
  commfold::dtype dtype = f32;
  std::size_t elements = 0;
  std::size_t extent = 0;
  std::size_t dimension = 0;
  bool trainable = true;
  bool used = true;
  bool ignored = false;    ///< not FSDP2's: see `ignored_member`
  std::string_view tie{};  ///< of a parameter that stands in several places: its name, see `tied`

  /// ⌈extent / S⌉ * elements / extent: what each of S ranks sends in a gather, padding included. So a parameter with fewer rows than there
  /// are ranks sends one row from every rank. `invalid_argument` where a dimension other than 0 is not divisible, as PyTorch refuses it.
  /// Source: `FSDPParam._init_sharded_param` in torch/distributed/fsdp/_fully_shard/_fsdp_param.py.
  [[nodiscard]] constexpr std::size_t shard_elements(std::size_t ranks) const {
    if (extent == 0) return 0;
    if (dimension != 0 && extent % ranks != 0)
      detail::fail<invalid_argument>("commfold::parallel::fsdp",
                                     "dimension {} of a parameter, of extent {}, is cut over {} ranks, which do not divide it: only "
                                     "dimension 0 is padded",
                                     dimension, extent, ranks);
    return multiply(detail::ceil_div(extent, ranks), elements / extent);
  }

  [[nodiscard]] friend constexpr bool operator==(parameter const&, parameter const&) = default;
};

/// Parameters that are cut along another dimension: see `cut_along`.
template <class Dimension, class Member>
struct cut_member {
  Dimension dimension;
  Member const& member;
};

/// cut_along(d, tree): parameters that `shard_placement_fn` answers `Shard(d)` for; d is a number, or a function of the tensor that returns
/// one. The dimension must be divisible by the ranks of the shard axis unless it is dimension 0. It refers to the tree, as `frozen` does.
template <class Dimension, class Member>
[[nodiscard]] constexpr cut_member<Dimension, Member> cut_along(Dimension dimension, Member const& member) {
  return {dimension, member};
}

/// Parameters that FSDP2 leaves alone: see `ignored`.
template <class Member>
struct ignored_member {
  Member const& member;
};

/// ignored(tree): `fully_shard(ignored_params=...)`. Such parameters are neither gathered nor reduced. They have gradients, so the units
/// after them get theirs, and clipping has their norms. It refers to the tree, as `frozen` does.
template <class Member>
[[nodiscard]] constexpr ignored_member<Member> ignored(Member const& member) {
  return {member};
}

/// What `fully_shard` and its setters say of one unit.
struct unit_options {
  std::string_view name{};
  std::optional<policy> with{};  ///< the model's where there is none
  std::size_t mesh = 0;          ///< which of the model's meshes
  bool used = true;              ///< whether its forward runs
  bool unshard_in_backward = true;
};

namespace detail {

/// The units of a model in one list: brackets around the members of each unit, in the order of use, and runs of alike units once.
struct token {
  enum class what : unsigned char { unit_begins, unit_ends, parameter, run };
  what is = what::parameter;
  fsdp::parameter parameter{};
  unit_options unit{};
  std::size_t count = 1;   ///< of a run: how many units there are
  std::size_t length = 0;  ///< of a run: how many tokens one of them has
};

/// What the marks around a member say.
struct said {
  bool trainable = true;
  bool used = true;
  bool ignored = false;
  std::optional<std::size_t> dimension{};
  std::string_view tie{};
};

}  // namespace detail

class unit;

/// Units side by side that are of one shape: see `alike` and `each`.
struct unit_run;

/// A unit: parameters, and units inside, in the order of use. Made by `fully_shard`. It holds no tensors, so it may outlive the tree.
class unit {
 public:
  /// `parameters` and units from now on come behind those that the unit has.
  template <class Member>
  constexpr unit& add(Member const& member) {
    tokens_.pop_back();  // the closing bracket
    put(member, {});
    close();
    return *this;
  }

  /// The name that a communicator with paths gives to the calls of this unit.
  [[nodiscard]] constexpr unit named(std::string_view name) const {
    unit other(*this);
    other.tokens_.front().unit.name = name;
    return other;
  }
  /// The arguments of this unit's own `fully_shard`, instead of those of the model.
  [[nodiscard]] constexpr unit with(policy const& own) const {
    unit other(*this);
    other.tokens_.front().unit.with = own;
    return other;
  }
  /// The number of the model's mesh that the unit is sharded over: experts over another axis than the rest.
  [[nodiscard]] constexpr unit on_mesh(std::size_t number) const {
    unit other(*this);
    other.tokens_.front().unit.mesh = number;
    return other;
  }
  /// `set_unshard_in_backward(False)`: the backward does not need the parameters, as of an embedding alone.
  [[nodiscard]] constexpr unit not_unsharded_in_backward() const {
    unit other(*this);
    other.tokens_.front().unit.unshard_in_backward = false;
    return other;
  }

  /// For the library's own use.
  [[nodiscard]] constexpr std::vector<detail::token> const& tokens() const { return tokens_; }

 private:
  template <class... Members>
  friend constexpr unit fully_shard(Members const&... members);

  constexpr unit() { tokens_.push_back({.is = detail::token::what::unit_begins}); }

  constexpr void close() { tokens_.push_back({.is = detail::token::what::unit_ends}); }

  constexpr void put(parameter one, detail::said const& of) {
    one.trainable = one.trainable && of.trainable;
    one.used = one.used && of.used;
    one.ignored = one.ignored || of.ignored;
    if (one.tie.empty()) one.tie = of.tie;
    tokens_.push_back({.is = detail::token::what::parameter, .parameter = one});
  }
  constexpr void put(unit const& inner, detail::said const& of) { put_tokens(inner.tokens_, of); }
  constexpr void put(unit_run const& run, detail::said const& of);
  template <class Member>
  constexpr void put(frozen_member<Member> const& marked, detail::said of) {
    of.trainable = false;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(unused_member<Member> const& marked, detail::said of) {
    of.used = false;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(ignored_member<Member> const& marked, detail::said of) {
    of.ignored = true;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(tied_member<Member> const& marked, detail::said of) {
    of.tie = marked.name;
    put(marked.member, of);
  }
  template <class Dimension, class Member>
  constexpr void put(cut_member<Dimension, Member> const& marked, detail::said of) {
    if constexpr (size_like<Dimension>) {
      of.dimension = commfold::detail::to_size(marked.dimension, "commfold::parallel::fsdp::cut_along");
      put(marked.member, of);
    } else {
      tree_for_each(
          [&](auto const& tensor) {
            of.dimension = commfold::detail::to_size(marked.dimension(tensor), "commfold::parallel::fsdp::cut_along");
            put_tensor(tensor, of);
          },
          marked.member);
    }
  }
  template <class Tree>
  constexpr void put(Tree const& tree, detail::said const& of) {
    tree_for_each([&](auto const& tensor) { put_tensor(tensor, of); }, tree);
  }

  template <class Tensor>
  constexpr void put_tensor([[maybe_unused]] Tensor const& tensor, [[maybe_unused]] detail::said const& of) {
    if constexpr (tensor_like<Tensor>) {
      auto const& extents = extents_of(tensor);
      std::size_t const dimension = of.dimension.value_or(0);
      if (extents.rank() == 0)
        commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp::fully_shard",
                                                 "a parameter of rank 0 cannot be sharded; give it one dimension of extent 1");
      if (dimension >= extents.rank())
        commfold::detail::fail<invalid_argument>("commfold::parallel::fsdp::fully_shard",
                                                 "dimension {} of a parameter of rank {} cannot be sharded", dimension,
                                                 std::size_t{extents.rank()});
      tokens_.push_back({.is = detail::token::what::parameter,
                         .parameter = {dtype_of_tensor(tensor), numel(tensor), extents.extent(dimension), dimension, of.trainable, of.used, of.ignored, of.tie}});
    }
  }

  constexpr void put_tokens(std::vector<detail::token> const& tokens, detail::said const& of) {
    for (detail::token one : tokens) {
      one.parameter.trainable = one.parameter.trainable && of.trainable;
      one.parameter.used = one.parameter.used && of.used;
      one.parameter.ignored = one.parameter.ignored || of.ignored;
      one.unit.used = one.unit.used && of.used;
      tokens_.push_back(one);
    }
  }

  std::vector<detail::token> tokens_;
};

struct unit_run {
  std::size_t count;
  std::vector<detail::token> tokens;  ///< of one unit where all are alike, else of all in a row
  bool alike = true;
};

constexpr void unit::put(unit_run const& run, detail::said const& of) {
  if (run.count == 0) return;
  if (run.alike) tokens_.push_back({.is = detail::token::what::run, .count = run.count, .length = run.tokens.size()});
  put_tokens(run.tokens, of);
}

/// fully_shard(members...): the unit that PyTorch's `fully_shard(module)` makes of a module. Members are given in the order of use: trees of
/// parameters (`frozen`, `unused`, `cut_along`), single `parameter`s, and the units inside. The outermost unit is the root; without
/// parameters of its own it communicates nothing.
/// ```cpp
/// auto const units = fsdp::fully_shard(model.embed, fsdp::each(model.layers), model.norm, model.head);
/// ```
/// `fully_shard([embed, norm, head])`, which PyTorch wants for a tied head, is a unit around the layers. A `tied` parameter counts once in
/// its unit, and in two units it is refused.
template <class... Members>
[[nodiscard]] constexpr unit fully_shard(Members const&... members) {
  unit made;
  (made.put(members, {}), ...);
  made.close();
  return made;
}

/// alike(n, u): n units side by side that all look like u. In a constant they cost what one costs.
template <size_like N>
[[nodiscard]] constexpr unit_run alike(N const& n, unit const& one) {
  return {commfold::detail::to_size(n, "commfold::parallel::fsdp::alike"), one.tokens(), true};
}

/// each(layers, make): one unit for each child of a container, `make(child)`, or `fully_shard(child)` where `make` is left out. Where the
/// type says all about the children it asks one of them.
template <class Node, class Make>
[[nodiscard]] constexpr unit_run each(Node const& layers, Make const& make) {
  unit_run run{0, {}, false};
  using traits = commfold::detail::node_traits_of<Node>;
  if constexpr (requires { typename traits::element; }) {
    auto entry = traits::begin(layers);
    std::size_t const count = traits::count(layers);
    if constexpr (stateless<typename traits::element>) {
      if (count != 0) return alike(count, make(commfold::detail::child_of_entry<Node>(*entry)));
    } else {
      for (; run.count != count; ++run.count, ++entry)
        for (detail::token const& one : make(commfold::detail::child_of_entry<Node>(*entry)).tokens()) run.tokens.push_back(one);
    }
  } else {
    static_assert(product_node<Node>, "commfold::parallel::fsdp::each: what is given is no container and no tuple of layers");
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      auto const put = [&](unit const& one) {
        for (detail::token const& next : one.tokens()) run.tokens.push_back(next);
        ++run.count;
      };
      (put(make(traits::template child<I>(layers))), ...);
    }(commfold::detail::indices_of<typename traits::children>{});
  }
  return run;
}
template <class Node>
[[nodiscard]] constexpr unit_run each(Node const& layers) {
  return fsdp::each(layers, [](auto const& layer) { return fsdp::fully_shard(layer); });
}

}  // namespace commfold::parallel::fsdp
