// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/op.hpp
/// What a row of the operator table is made of: a schema, an inference, and rules that say which part of a call is counted as what.

#include <commfold/op/by_rank.hpp>
#include <commfold/op/rules.hpp>
#include <commfold/op/schema.hpp>
#include <commfold/op/work.hpp>

#include <boost/hana/basic_tuple.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

namespace detail {
/// The row's inference takes these arguments, and returns what it infers.
template <class Row, class... Args>
concept takes_arguments = requires(Args const&... args) { Row::infer(args...); };
}  // namespace detail

/// A row of the operator table, as `struct all_reduce_t : op<all_reduce_t>`. A row says
///   - `name`, `schema`      the operator's qualified name and signature in PyTorch's words, without the `__torch__.torch.classes.c10d.`
///                           before a class
///   - `group`               the argument that is the group
///   - `counts`              the tensors whose storage is the call's `comm_tensor_size`
///   - `input`, `output`, `message`   the tensors whose payload is each of `call_bytes`
///   - `input_by_rank`, `output_by_rank`   how the payload divides among the ranks, where a call says so
///   - `aliases`             the argument that the returned tensors are; fresh tensors without one
///   - `infer(arguments...)` the tensors that it returns or leaves changed, as PyTorch's meta kernels infer them, or a refusal
/// and everything else follows. What makes no sense for an operator is `nothing`, and is refused to those who ask.
/// A row is an object: calling it runs its fake, which infers the result and moves nothing.
///
/// The rules: `arg<I>` is the I-th argument by the schema (keyword-only arguments follow the others), `result` what `infer` returns,
/// `larger<A, B>` whichever of two weighs more, `both<A, B>` the two together, `times_ranks<A, group>` the one as often as the group has
/// ranks, `on_root<A, B>` the list A that the root alone hands over and B where it is empty, `batched<"isend">` those tensors of a batch
/// whose operation it is; and by rank `each<A>` a list with one entry a rank, `each_of_each<A>` such lists in a list, `split<A, sizes>` a
/// tensor cut along dimension 0 (`split_or_even`: evenly where there are no sizes), `to_peers<"isend">` a batch.
template <class Row>
struct op {
  template <std::size_t I>
  using arg = detail::arg<I>;
  using result = detail::result;
  using nothing = detail::nothing;
  template <class A, class B>
  using larger = detail::larger<A, B>;
  template <class A, class B>
  using both = detail::both<A, B>;
  template <class A, class Group>
  using times_ranks = detail::times_ranks<A, Group>;
  template <class A, class B>
  using on_root = detail::on_root<A, B>;
  template <fixed_string Operation>
  using batched = detail::batched<Operation>;
  template <class A>
  using each = detail::each<A>;
  template <class A>
  using each_of_each = detail::each_of_each<A>;
  template <class A, class Sizes>
  using split = detail::split<A, Sizes>;
  template <class A, class Sizes>
  using split_or_even = detail::split<A, Sizes, detail::no_sizes::cut_evenly>;
  template <fixed_string Operation>
  using to_peers = detail::to_peers<Operation>;

  // What most rows say; the others say their own.
  using aliases = nothing;
  using input_by_rank = nothing;
  using output_by_rank = nothing;

  template <class... Args>
    requires detail::takes_arguments<Row, Args...>
  constexpr auto operator()(Args const&... args) const {
    if constexpr (returns_of<Row> == returns::nothing)
      static_cast<void>(Row::infer(args...));
    else
      return give(Row::infer(args...));
  }

  /// What the operator returns, of the tensors that it inferred; `id` is the number of its work, where the caller numbers them.
  template <class Tensors, class... Id>
  static constexpr auto give(Tensors tensors, [[maybe_unused]] Id... id) {
    if constexpr (returns_of<Row> == returns::tensors) {
      return tensors;
    } else if constexpr (returns_of<Row> == returns::tensors_and_work) {
      fake_work<Tensors> work(tensors, id...);
      return std::tuple{std::move(tensors), std::move(work)};
    } else if constexpr (returns_of<Row> == returns::work) {
      return fake_work<Tensors>(std::move(tensors), id...);
    }
  }
};

template <class Op>
concept operator_row = std::is_base_of_v<op<std::remove_cvref_t<Op>>, std::remove_cvref_t<Op>>;

namespace detail {

/// A call's arguments, side by side by reference.
template <class... Args>
using arguments = boost::hana::basic_tuple<Args const&...>;

template <operator_row Op, class Args, class Result>
constexpr call_bytes bytes_of_call(Op, Args const& args, Result const& inferred) {
  return {weighed<typename Op::input>::as(tree_payload, args, inferred), weighed<typename Op::output>::as(tree_payload, args, inferred),
          weighed<typename Op::message>::as(tree_payload, args, inferred)};
}

/// Whether facts about the arguments are not enough for these bytes.
template <class Op>
inline constexpr bool weighs_arguments =
    reads_arguments<typename Op::input> || reads_arguments<typename Op::output> || reads_arguments<typename Op::message>;

}  // namespace detail
}  // namespace commfold
