// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/call_rules.hpp
/// The rules of an operator, as values: which argument is the group, which tensors are counted, and how they divide among the ranks.

namespace commfold {

/// What a rule may look at: an argument, by its position in the schema (keyword-only arguments follow the others), the tensors that the
/// operator made or changed, or nothing.
struct call_term {
  static constexpr unsigned char of_result = 254;
  static constexpr unsigned char of_nothing = 255;

  unsigned char index = of_nothing;

  [[nodiscard]] constexpr bool is_nothing() const noexcept { return index == of_nothing; }
  [[nodiscard]] constexpr bool is_result() const noexcept { return index == of_result; }
  [[nodiscard]] constexpr bool is_argument() const noexcept { return index < of_result; }
  friend constexpr bool operator==(call_term const&, call_term const&) = default;
};

/// The bytes of one or two terms.
struct size_rule {
  enum form : unsigned char { one, larger, both, times_ranks, on_root, sends, receives };

  form how = one;
  call_term a{};
  call_term b{};

  constexpr size_rule() noexcept = default;
  constexpr size_rule(call_term term) noexcept : a(term) {}  // implicit: `.input = arg(0)`
  constexpr size_rule(form combined, call_term first, call_term second = {}) noexcept : how(combined), a(first), b(second) {}

  [[nodiscard]] constexpr bool is_nothing() const noexcept { return a.is_nothing(); }
  friend constexpr bool operator==(size_rule const&, size_rule const&) = default;
};

/// How the payload of a term divides among the ranks of the group.
struct part_rule {
  enum form : unsigned char { none, entries, entries_of_each, split, split_or_even, sends, receives };

  form how = none;
  call_term tensors{};
  call_term sizes{};

  [[nodiscard]] constexpr bool is_nothing() const noexcept { return how == none; }
  friend constexpr bool operator==(part_rule const&, part_rule const&) = default;
};

/// All that a row of the operator table says of a call, beside its name, kind, schema and inference. A rule that is left out is nothing,
/// and is refused to those who ask for it.
struct call_rules {
  call_term group{};   ///< the argument that is the group
  size_rule counts{};  ///< the tensors whose storage is PyTorch's `comm_tensor_size`
  size_rule input{};   ///< the tensors whose payload is each of `call_bytes`
  size_rule output{};
  size_rule message{};
  part_rule input_by_rank{};  ///< how the payload divides among the ranks, where a call tells
  part_rule output_by_rank{};
  call_term tensors{};  ///< the argument whose tensors some libraries communicate one by one, though one call has them all
  call_term aliases{};  ///< the argument that the returned tensors are; without one they are fresh
  call_term root{};     ///< the argument that is the root of a broadcast, reduce, gather or scatter
  call_term peer{};     ///< the argument that is the destination of a send or the source of a receive

  friend constexpr bool operator==(call_rules const&, call_rules const&) = default;
};

namespace detail {

/// The words that rows spell their rules in: `op` inherits them.
struct rule_words {
  static constexpr call_term result{call_term::of_result};
  static constexpr call_term nothing{};

  /// The argument at this position of the schema.
  static constexpr call_term arg(unsigned char position) noexcept { return {position}; }

  /// The one that weighs more; the two together.
  static constexpr size_rule larger(call_term a, call_term b) noexcept { return {size_rule::larger, a, b}; }
  static constexpr size_rule both(call_term a, call_term b) noexcept { return {size_rule::both, a, b}; }
  /// The share of each rank, as often as the group has ranks.
  static constexpr size_rule times_ranks(call_term share) noexcept { return {size_rule::times_ranks, share}; }
  /// The list that the root hands over; where that is empty, the share of this rank as often as the group has ranks.
  static constexpr size_rule on_root(call_term list, call_term share) noexcept { return {size_rule::on_root, list, share}; }
  /// Of the tensors of a batch, those whose operation is "isend", or "irecv".
  static constexpr size_rule sends(call_term tensors) noexcept { return {size_rule::sends, tensors}; }
  static constexpr size_rule receives(call_term tensors) noexcept { return {size_rule::receives, tensors}; }

  /// By rank: a list with one entry a rank; such lists in a list.
  static constexpr part_rule each(call_term list) noexcept { return {part_rule::entries, list, {}}; }
  static constexpr part_rule each_of_each(call_term lists) noexcept { return {part_rule::entries_of_each, lists, {}}; }
  /// By rank: a tensor cut along dimension 0 into blocks of these sizes; evenly where there are none.
  static constexpr part_rule split(call_term tensor, call_term sizes) noexcept { return {part_rule::split, tensor, sizes}; }
  static constexpr part_rule split_or_even(call_term tensor, call_term sizes) noexcept { return {part_rule::split_or_even, tensor, sizes}; }
  /// By rank: what a batch sends to each peer, or receives from it.
  static constexpr part_rule to_peers(call_term tensors) noexcept { return {part_rule::sends, tensors, {}}; }
  static constexpr part_rule from_peers(call_term tensors) noexcept { return {part_rule::receives, tensors, {}}; }

  /// The rules of a call that changes its tensors in place: they are all that is counted.
  static constexpr call_rules in_place(call_term tensors, call_term group, call_term root = nothing) noexcept {
    return {.group = group, .counts = tensors, .input = tensors, .output = tensors, .message = tensors, .aliases = tensors, .root = root};
  }
};

}  // namespace detail
}  // namespace commfold
