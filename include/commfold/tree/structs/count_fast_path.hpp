// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/count_fast_path.hpp
/// The number of fields of a struct that has as many as bytes, as structs of static tensors have: two questions answer it, where the search
/// of count.hpp asks a dozen.

#include <cstddef>
#include <cstdlib>

namespace commfold::detail {

/// Given as a temporary, initialises any one field: a value, even one that can be neither copied nor moved, or an lvalue reference.
struct any_further_field {
  template <class U>
  operator U&() const& {
    std::abort();
  }
  template <class U>
  operator U() const&& {
    std::abort();
  }
};

/// takes<T, N, X...>: whether `T{{}, {}, ..., X{}...}` compiles, with N times `{}`. For `{}` no conversion is looked up, and one `{}` fills
/// a whole C array or base.
template <class T, std::size_t N, class... X>
inline constexpr bool takes = false;
template <class T, class... X>
  requires requires { T{{}, X{}...}; }
inline constexpr bool takes<T, 1, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, X{}...}; }
inline constexpr bool takes<T, 2, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 3, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 4, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 5, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 6, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 7, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 8, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 9, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 10, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 11, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 12, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 13, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 14, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 15, X...> = true;
template <class T, class... X>
  requires requires { T{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, X{}...}; }
inline constexpr bool takes<T, 16, X...> = true;

/// Whether `T` has exactly sizeof(T) fields and bases: it takes so many times `{}`, and nothing more.
template <class T>
concept has_a_field_a_byte = takes<T, sizeof(T)> && !takes<T, sizeof(T), any_further_field>;

}  // namespace commfold::detail
