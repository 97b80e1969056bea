// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/count_fast_path.hpp
/// Finds structs that have as many fields as bytes, as structs of static tensors do, by two questions where the search of count.hpp asks a
/// dozen.

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
#define COMMFOLD_TAKES(count, ...)                \
  template <class T, class... X>                  \
    requires requires { T{__VA_ARGS__, X{}...}; } \
  inline constexpr bool takes<T, count, X...> = true;
COMMFOLD_TAKES(1, {})
COMMFOLD_TAKES(2, {}, {})
COMMFOLD_TAKES(3, {}, {}, {})
COMMFOLD_TAKES(4, {}, {}, {}, {})
COMMFOLD_TAKES(5, {}, {}, {}, {}, {})
COMMFOLD_TAKES(6, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(7, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(8, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(9, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(10, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(11, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(12, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(13, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(14, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(15, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
COMMFOLD_TAKES(16, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
#undef COMMFOLD_TAKES

/// Whether `T` has exactly sizeof(T) fields and bases: it takes so many times `{}`, and nothing more.
template <class T>
concept has_a_field_a_byte = takes<T, sizeof(T)> && !takes<T, sizeof(T), any_further_field>;

}  // namespace commfold::detail
