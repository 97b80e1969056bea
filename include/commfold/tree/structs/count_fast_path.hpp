// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/count_fast_path.hpp
/// Structs with as many fields as bytes, as those of static tensors have: two questions tell, where counting asks a dozen.

#include <cstddef>
#include <cstdlib>

namespace commfold::detail {

/// Converts, as a temporary, to any field in one question: to what can only be moved or built in its place, and to an lvalue reference.
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

/// takes<T, N>: whether `T` takes N times `{}`, for which no conversion is looked up, and of which a whole C array takes one, as a base
/// does; takes<T, N, X>: and an `X` behind them.
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

/// Whether `T` has as many fields as bytes, a base counted as one: so many times `{}` are taken, and nothing behind them.
template <class T>
concept has_a_field_a_byte = takes<T, sizeof(T)> && !takes<T, sizeof(T), any_further_field>;

}  // namespace commfold::detail
