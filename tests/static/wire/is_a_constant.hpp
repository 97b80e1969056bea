// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <type_traits>

/// Whether f() is a constant: false where it refuses its arguments.
template <auto F>
concept is_a_constant = requires { typename std::bool_constant<(F(), true)>; };
