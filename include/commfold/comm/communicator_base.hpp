// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/communicator_base.hpp
/// All that a communicator offers to steps, made from its one member `call`.

#include <commfold/comm/communicator.hpp>
#include <commfold/comm/mpi_calls.hpp>
#include <commfold/comm/torch/dist.hpp>
#include <commfold/comm/torch/funcol.hpp>
#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/path.hpp>
#include <commfold/tree/path_link.hpp>
#include <commfold/tree/stateless.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace commfold {

/// The base of a communicator `Comm` that has `call`: the calls in MPI's words and PyTorch's, and how a step names and repeats its parts.
/// `communicator` says what `call` must do, with an example. A communicator that wants to know of phases or repetitions declares `phase` or
/// `repeat` itself; here they run their body and nothing else.
template <class Comm>
class communicator_base : public mpi_calls<Comm> {
 public:
  /// The calls of `torch.distributed`, which work in place, by their own names: `comm.dist().all_reduce(t, sum, dp)`.
  [[nodiscard]] constexpr auto dist() { return dist_calls<Comm>(self()); }

  /// The calls of PyTorch's functional collectives, by their own names: `comm.funcol().all_reduce(t, sum, dp)`.
  [[nodiscard]] constexpr auto funcol() { return funcol_calls<Comm>(self()); }

  /// Runs the body, a part of the step that has a name.
  template <class Body>
  constexpr void phase(std::string_view, Body&& body) {
    std::forward<Body>(body)();
  }

  /// Runs the body with the tensors of its calls named below `name`, as in `jax.named_scope`: a log with paths says `layers[3].wq` of a
  /// call in `comm.named_scope("layers", [&] { comm.for_each(model.layers, …); })`. A communicator that keeps no paths forgets the name.
  template <class Body>
  constexpr void named_scope([[maybe_unused]] std::string_view name, Body&& body) {
    if constexpr (keeps_paths<Comm>) {
      if (name.empty()) detail::fail<invalid_argument>("commfold::communicator::named_scope", "a scope has a name");
      self().below(name, std::forward<Body>(body));
    } else {
      std::forward<Body>(body)();
    }
  }

  /// Runs the body n times.
  template <size_like N, class Body>
  constexpr void repeat(N const& n, Body&& body) {
    std::size_t const times = detail::to_size(n, "commfold::communicator::repeat");
    for (std::size_t i = 0; i != times; ++i) body();
  }

  /// Runs the body on every child of a node, in order: the layers of a model. Where the type says all about the children, as for a
  /// `std::array` of layers with static shapes, one of them is given to `repeat`, so that a recorder runs the body once and counts.
  template <tree_node Node, class Body>
  constexpr void for_each(Node const& node, Body&& body) {
    using traits = detail::node_traits_of<Node>;
    if constexpr (product_node<Node>) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        detail::in_order{(child_at<Node, I>([&] { body(traits::template child<I>(node)); }), true)...};
      }(detail::indices_of<typename traits::children>{});
    } else if constexpr (choice_node<Node>) {
      static_assert(!choice_node<Node>, "commfold::communicator::for_each: a choice has one alternative, not children; visit it");
    } else {
      auto entry = traits::begin(node);
      std::size_t const count = traits::count(node);
      if constexpr (keeps_paths<Comm>) {
        for (std::size_t i = 0; i != count; ++i, ++entry)
          below_link(detail::path_link{}.template to_entry<Node>(i, *entry), [&] { body(detail::child_of_entry<Node>(*entry)); });
      } else if constexpr (stateless<typename traits::element>) {
        if (count != 0) self().repeat(count, [&] { body(detail::child_of_entry<Node>(*entry)); });
      } else {
        for (std::size_t i = 0; i != count; ++i, ++entry) body(detail::child_of_entry<Node>(*entry));
      }
    }
  }

 private:
  constexpr Comm& self() { return static_cast<Comm&>(*this); }

  template <class Link, class Body>
  constexpr void below_link(Link const& link, Body const& body) {
    self().below(std::string_view(to_string(link.whole())), body);
  }

  template <class Node, std::size_t I, class Body>
  constexpr void child_at(Body const& body) {
    if constexpr (keeps_paths<Comm>)
      below_link(detail::path_link{}.template to_child<Node, I>(), body);
    else
      body();
  }
};

}  // namespace commfold
