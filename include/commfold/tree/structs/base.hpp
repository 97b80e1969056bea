// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/base.hpp
/// Whether an aggregate has a base class: its first initialiser is then for a base and for no field.

#include <cstdlib>

namespace commfold::detail {

/// A proper base of `T`. Builtins, since it is asked for every struct and std's traits are classes.
template <class U, class T>
concept proper_base_of = __is_base_of(U, T) && !__is_same(U, T);

// The conversions below are named in questions only, yet both compilers ask for the bodies of some of them.

/// Converts to any proper base of `T` and to nothing else: it can initialise the first slot of an aggregate only if that is a base.
template <class T>
struct any_base_of {
  template <proper_base_of<T> U>
  operator U&() const {
    std::abort();
  }
};

/// Converts to nothing: it can initialise only what takes anything, as `std::any` does, and that is a field.
struct inconvertible {};

template <class T>
concept has_base = requires { T{any_base_of<T>{}}; } && !requires { T{inconvertible{}}; };

}  // namespace commfold::detail
