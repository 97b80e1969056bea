// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/tree/structs/shape.hpp
/// Which aggregates can be taken apart into their fields.

#include <cstddef>

namespace commfold::detail {

/// What an aggregate is made of. `fields` can be taken apart, `no_fields` is a leaf, every other shape is refused.
enum class struct_shape : unsigned char { fields, no_fields, has_base, has_c_array, is_union, too_many_fields };

/// The most fields of a plain struct: as many as the structured bindings of Boost.PFR name.
inline constexpr std::size_t max_fields = 100;

}  // namespace commfold::detail
