// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/group/process_group.hpp
/// The ranks that a collective runs over: a name and a size.

#include <commfold/error.hpp>
#include <commfold/size/arithmetic.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/text/fixed_text.hpp>
#include <commfold/tree/opaque_leaf.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace commfold {
namespace detail {

/// `Size`. The assertion stands in a function, because in the class it would make each later use of the group one more error.
template <std::size_t Size>
consteval std::size_t at_least_one_rank() {
  static_assert(Size != 0, "commfold::process_group: a group has at least one rank");
  return Size;
}

}  // namespace detail

/// A named group of ranks, at least one: the calling rank. The size of `process_group<"dp", 64>` is part of its type, and so are the shapes
/// of what is gathered over it. `process_group<"dp">` takes its size at run time: `process_group<"dp"> dp{ranks};`.
template <fixed_text Name, std::size_t Size = dyn>
class process_group {
 public:
  /// The number of ranks, a `size_constant`.
  static constexpr size_constant<detail::at_least_one_rank<Size>()> size{};

  [[nodiscard]] static constexpr std::string_view name() noexcept { return Name.view(); }
};

template <fixed_text Name>
class process_group<Name, dyn> {
 public:
  /// The number of ranks.
  std::size_t size;

  /// Of `ranks` ranks. `invalid_argument` for less than one.
  template <size_like N>
  constexpr explicit process_group(N const& ranks) : size(detail::to_size(ranks, "commfold::process_group")) {
    if (size == 0) detail::fail<invalid_argument>("commfold::process_group", "group '{}' has at least one rank, not 0", name());
  }

  /// A group whose size the type tells, as one whose value alone tells it.
  template <std::size_t Size>
  constexpr process_group(process_group<Name, Size>) : size(Size) {}

  [[nodiscard]] static constexpr std::string_view name() noexcept { return Name.view(); }
};

/// Equal where both have one name and one number of ranks, static or not.
template <fixed_text A, std::size_t M, fixed_text B, std::size_t N>
[[nodiscard]] constexpr bool operator==(process_group<A, M> const& a, process_group<B, N> const& b) noexcept {
  return a.name() == b.name() && std::size_t{a.size} == std::size_t{b.size};
}

namespace detail {

template <class T>
inline constexpr bool is_process_group = false;
template <fixed_text Name, std::size_t Size>
inline constexpr bool is_process_group<process_group<Name, Size>> = true;

}  // namespace detail

template <fixed_text Name, std::size_t Size>
struct node_traits<process_group<Name, Size>> : opaque_leaf {};

/// A group of ranks: a `process_group` of any name and size, or a `dynamic_group`. It has `size` and `name()`.
template <class T>
concept any_group = detail::is_process_group<std::remove_cvref_t<T>>;

}  // namespace commfold
