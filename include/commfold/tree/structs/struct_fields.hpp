// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/struct_fields.hpp
/// The fields of a plain struct: `slot_count<T>`, `field_at<I>(s)`, `with_fields(s, g)`, `types_of_fields<T>`, `shape_of_struct<T>()`; by
/// C++26 reflection where there is one, else by Boost.PFR.

#if defined(__cpp_impl_reflection) && __has_include(<meta>)
#define COMMFOLD_HAS_REFLECTION 1
#include <commfold/tree/structs/reflection.hpp>
#else
#define COMMFOLD_HAS_REFLECTION 0
#include <commfold/tree/structs/pfr.hpp>
#endif
