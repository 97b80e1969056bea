// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/parallel/marks.hpp
/// What a training step says of parameters beside their shapes: `frozen`, `unused`, `tied`.

#include <string_view>

namespace commfold::parallel {

namespace detail {

template <class Member>
struct frozen_member {
  Member const& member;
};
template <class Member>
struct unused_member {
  Member const& member;
};
template <class Member>
struct tied_member {
  std::string_view name;
  Member const& member;
};

}  // namespace detail

/// frozen(tree): a tree of parameters that get no gradient (`requires_grad_(False)`). It is sharded, gathered and broadcast like others,
/// and never reduced. Takes what the function takes that it is an argument of: a tree, a unit of FSDP2, another mark. It refers to its
/// argument, so it is written where it is used and not kept.
template <class Member>
[[nodiscard]] constexpr detail::frozen_member<Member> frozen(Member const& member) {
  return {member};
}

/// unused(tree): parameters that a step's forward does not reach, though they are trainable. FSDP2 gathers those that share a unit with
/// used ones and does not reduce them; a unit without any used parameter is left out. It refers to its argument, as `frozen` does.
template <class Member>
[[nodiscard]] constexpr detail::unused_member<Member> unused(Member const& member) {
  return {member};
}

/// tied(name, tensor): one parameter under several names, as an embedding that is the output projection as well. Wherever the same `name`
/// stands again, it is the same parameter: it is held, gathered and reduced once. FSDP2 refuses it in two units.
template <class Member>
[[nodiscard]] constexpr detail::tied_member<Member> tied(std::string_view name, Member const& member) {
  return {name, member};
}

}  // namespace commfold::parallel
