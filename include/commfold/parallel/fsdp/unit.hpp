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
  bool ignored = false;    ///< not FSDP2's: see `ignored`
  std::string_view tie{};  ///< of a parameter that stands in several places: its name, see `tied`

  /// ⌈extent / S⌉ * elements / extent: what each of S ranks sends in a gather, padding included. So a parameter with fewer rows than there
  /// are ranks sends one row from every rank. `invalid_argument` where a dimension other than 0 is not divisible, as PyTorch refuses it.
  /// Source: `FSDPParam._init_sharded_param` in torch/distributed/fsdp/_fully_shard/_fsdp_param.py.
  [[nodiscard]] constexpr std::size_t shard_elements(std::size_t ranks) const {
    if (extent == 0) return 0;
    if (dimension != 0 && extent % ranks != 0)
      commfold::detail::fail<invalid_argument>(
          "commfold::parallel::fsdp",
          "dimension {} of a parameter, of extent {}, is cut over {} ranks, which do not divide it: only "
          "dimension 0 is padded",
          dimension, extent, ranks);
    return multiply(commfold::detail::ceil_div(extent, ranks), elements / extent);
  }

  [[nodiscard]] friend constexpr bool operator==(parameter const&, parameter const&) = default;
};

namespace detail {

template <class Dimension, class Member>
struct cut_member {
  Dimension dimension;
  Member const& member;
};
template <class Member>
struct ignored_member {
  Member const& member;
};

}  // namespace detail

/// cut_along(d, tree): parameters that `shard_placement_fn` answers `Shard(d)` for; d is a number, or a function of the tensor that returns
/// one. The dimension must be divisible by the ranks of the shard axis unless it is dimension 0. It refers to the tree, as `frozen` does.
template <class Dimension, class Member>
[[nodiscard]] constexpr detail::cut_member<Dimension, Member> cut_along(Dimension dimension, Member const& member) {
  return {dimension, member};
}

/// ignored(tree): `fully_shard(ignored_params=...)`. Such parameters are neither gathered nor reduced. They have gradients, so the units
/// after them get theirs, and clipping has their norms. It refers to the tree, as `frozen` does.
template <class Member>
[[nodiscard]] constexpr detail::ignored_member<Member> ignored(Member const& member) {
  return {member};
}

namespace detail {

/// What `fully_shard` and its setters say of one unit.
struct unit_options {
  std::string_view name{};
  std::optional<policy> with{};  ///< the model's where there is none
  std::size_t mesh = 0;          ///< which of the model's meshes
  bool used = true;              ///< whether its forward runs
  bool unshard_in_backward = true;

  [[nodiscard]] friend constexpr bool operator==(unit_options const&, unit_options const&) = default;
};

/// The units of a model in one list: brackets around the members of each unit, in the order of use, and runs of alike units once.
struct token {
  enum class what : unsigned char { unit_begins, unit_ends, parameter, run };
  what is = what::parameter;
  fsdp::parameter parameter{};
  unit_options unit{};
  std::size_t count = 1;   ///< of a run: how many units there are
  std::size_t length = 0;  ///< of a run: how many tokens one of them has

  [[nodiscard]] friend constexpr bool operator==(token const&, token const&) = default;
};

/// Tokens of units in a row, of which equal neighbours are made one run.
class token_list {
 public:
  constexpr void put_parameter(parameter const& one) {
    tokens_.push_back({.is = token::what::parameter, .parameter = one});
    last_ = none;
  }
  constexpr void put_bracket(token const& one) { tokens_.push_back(one); }
  constexpr void put_units(std::vector<token> const& unit, std::size_t count) {
    if (count == 0) return;
    if (has_tie(unit)) {
      // One by one: a tied parameter may stand in one unit alone, which is seen where all units are.
      for (std::size_t i = 0; i != count; ++i) put_all(unit);
      return;
    }
    if (last_ != none && ends_with(unit)) {
      if (tokens_[last_].is == token::what::run)
        tokens_[last_].count = add(tokens_[last_].count, count);
      else
        tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(last_),
                       token{.is = token::what::run, .count = add(count, std::size_t{1}), .length = unit.size()});
      return;
    }
    last_ = tokens_.size();
    if (count != 1) tokens_.push_back({.is = token::what::run, .count = count, .length = unit.size()});
    for (token const& one : unit) tokens_.push_back(one);
  }
  /// A list of units, which are not compared with those before.
  constexpr void put_all(std::vector<token> const& units) {
    for (token const& one : units) tokens_.push_back(one);
    last_ = none;
  }

  constexpr void pop() { tokens_.pop_back(); }
  [[nodiscard]] constexpr token& front() { return tokens_.front(); }
  [[nodiscard]] constexpr std::vector<token> const& tokens() const { return tokens_; }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  [[nodiscard]] static constexpr bool has_tie(std::vector<token> const& unit) {
    for (token const& one : unit)
      if (!one.parameter.tie.empty()) return true;
    return false;
  }
  [[nodiscard]] constexpr bool ends_with(std::vector<token> const& unit) const {
    std::size_t const start = last_ + (tokens_[last_].is == token::what::run ? 1 : 0);
    if (tokens_.size() - start != unit.size()) return false;
    for (std::size_t i = 0; i != unit.size(); ++i)
      if (tokens_[start + i] != unit[i]) return false;
    return true;
  }

  std::vector<token> tokens_;
  std::size_t last_ = none;  ///< where the last unit, or run of units, begins
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

/// Units side by side: see `alike` and `each`.
struct unit_row {
  detail::token_list list{};
};

/// A unit: parameters, and units inside, in the order of use. Made by `fully_shard`. It holds no tensors, so it may outlive the tree.
class unit {
 public:
  /// A member that comes behind those that the unit has: a tree of parameters, a `parameter`, a unit, or one of these with a mark. Equal
  /// units in a row are one run, which costs what one of them costs.
  template <class Member>
  constexpr unit& add(Member const& member) {
    list_.pop();  // the closing bracket
    put(member, {});
    close();
    return *this;
  }

  /// What calls of this unit are known by: `moment`s, and the paths of a communicator that keeps them. It must outlive the unit.
  [[nodiscard]] constexpr unit named(std::string_view name) const {
    unit other(*this);
    other.list_.front().unit.name = name;
    return other;
  }
  /// The arguments of this unit's own `fully_shard`, instead of those of the model.
  [[nodiscard]] constexpr unit with(policy const& own) const {
    unit other(*this);
    other.list_.front().unit.with = own;
    return other;
  }
  /// The number of the model's mesh that the unit is sharded over: experts over another axis than the rest.
  [[nodiscard]] constexpr unit on_mesh(std::size_t number) const {
    unit other(*this);
    other.list_.front().unit.mesh = number;
    return other;
  }
  /// `set_unshard_in_backward(False)`: the backward does not need the parameters, as of an embedding alone.
  [[nodiscard]] constexpr unit not_unsharded_in_backward() const {
    unit other(*this);
    other.list_.front().unit.unshard_in_backward = false;
    return other;
  }

  /// For the library's own use.
  [[nodiscard]] constexpr std::vector<detail::token> const& tokens() const { return list_.tokens(); }

 private:
  template <class... Members>
  friend constexpr unit fully_shard(Members const&... members);

  constexpr unit() { list_.put_bracket({.is = detail::token::what::unit_begins}); }

  constexpr void close() { list_.put_bracket({.is = detail::token::what::unit_ends}); }

  constexpr void put(parameter one, detail::said const& of) {
    one.trainable = one.trainable && of.trainable;
    one.used = one.used && of.used;
    one.ignored = one.ignored || of.ignored;
    if (one.tie.empty()) one.tie = of.tie;
    list_.put_parameter(one);
  }
  constexpr void put(unit const& inner, detail::said const& of) { list_.put_units(marked(inner.tokens(), of), 1); }
  constexpr void put(unit_row const& row, detail::said const& of) { list_.put_all(marked(row.list.tokens(), of)); }
  template <class Member>
  constexpr void put(parallel::detail::frozen_member<Member> const& marked, detail::said of) {
    of.trainable = false;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(parallel::detail::unused_member<Member> const& marked, detail::said of) {
    of.used = false;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(detail::ignored_member<Member> const& marked, detail::said of) {
    of.ignored = true;
    put(marked.member, of);
  }
  template <class Member>
  constexpr void put(parallel::detail::tied_member<Member> const& marked, detail::said of) {
    of.tie = marked.name;
    put(marked.member, of);
  }
  template <class Dimension, class Member>
  constexpr void put(detail::cut_member<Dimension, Member> const& marked, detail::said of) {
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
      put(parameter{dtype_of_tensor(tensor), numel(tensor), extents.extent(dimension), dimension}, of);
    }
  }

  static constexpr std::vector<detail::token> marked(std::vector<detail::token> tokens, detail::said const& of) {
    for (detail::token& one : tokens) {
      one.parameter.trainable = one.parameter.trainable && of.trainable;
      one.parameter.used = one.parameter.used && of.used;
      one.parameter.ignored = one.parameter.ignored || of.ignored;
      one.unit.used = one.unit.used && of.used;
    }
    return tokens;
  }

  detail::token_list list_;
};

/// fully_shard(members...): the unit that PyTorch's `fully_shard(module)` makes of a module. Members are given in the order of use: trees
/// of parameters (`frozen`, `unused`, `tied`, `ignored`, `cut_along`), single `parameter`s, and the units inside. The outermost unit is the
/// root; without parameters of its own it communicates nothing.
/// ```cpp
/// auto const units = fsdp::fully_shard(model.embed, fsdp::each(model.layers), model.norm, model.head);
/// ```
/// `fully_shard([embed, norm, head])`, which PyTorch wants for a tied head, is a unit around the layers. A `tied` parameter counts once in
/// its unit, and in two units it is refused. A parameter of rank 0, and a dimension that a parameter does not have, are an
/// `invalid_argument`.
template <class... Members>
[[nodiscard]] constexpr unit fully_shard(Members const&... members) {
  unit made;
  (made.put(members, {}), ...);
  made.close();
  return made;
}

/// alike(n, u): n units side by side that all look like u. In a constant they cost what one costs.
template <size_like N>
[[nodiscard]] constexpr unit_row alike(N const& n, unit const& one) {
  unit_row row;
  row.list.put_units(one.tokens(), commfold::detail::to_size(n, "commfold::parallel::fsdp::alike"));
  return row;
}

/// each(layers, make): one unit for each child of a container or a tuple, `make(child)`, or `fully_shard(child)` where `make` is left out.
/// Where the type says all about the children it asks one of them.
template <class Node, class Make>
[[nodiscard]] constexpr unit_row each(Node const& layers, Make const& make) {
  unit_row row;
  using traits = commfold::detail::node_traits_of<Node>;
  if constexpr (requires { typename traits::element; }) {
    auto entry = traits::begin(layers);
    std::size_t const count = traits::count(layers);
    if constexpr (stateless<typename traits::element>) {
      if (count != 0) row.list.put_units(make(commfold::detail::child_of_entry<Node>(*entry)).tokens(), count);
    } else {
      for (std::size_t i = 0; i != count; ++i, ++entry)
        row.list.put_units(make(commfold::detail::child_of_entry<Node>(*entry)).tokens(), 1);
    }
  } else {
    static_assert(product_node<Node>, "commfold::parallel::fsdp::each: what is given is no container and no tuple of layers");
    if constexpr (product_node<Node>)
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (row.list.put_units(make(traits::template child<I>(layers)).tokens(), 1), ...);
      }(commfold::detail::indices_of<typename traits::children>{});
  }
  return row;
}
template <class Node>
[[nodiscard]] constexpr unit_row each(Node const& layers) {
  return fsdp::each(layers, [](auto const& layer) { return fsdp::fully_shard(layer); });
}

}  // namespace commfold::parallel::fsdp
